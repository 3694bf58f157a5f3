import { createRoute } from '@tanstack/react-router';
import { parseManageSearch } from '../../community/groups/managing/search.ts';
import { parseComposeSearch } from '../../community/search.ts';
import { lazyPage } from '../lazyPage.ts';
import { root } from './root.ts';

const compose = createRoute({
  getParentRoute: () => root,
  path: '/compose',
  validateSearch: parseComposeSearch,
  component: lazyPage(() => import('../../community/pages/ComposePage.tsx'), 'ComposePage'),
});

const newGroup = createRoute({
  getParentRoute: () => root,
  path: '/groups/new',
  component: lazyPage(() => import('../../community/pages/NewGroupPage.tsx'), 'NewGroupPage'),
});

const manageGroup = createRoute({
  getParentRoute: () => root,
  path: '/groups/$slug/manage',
  validateSearch: parseManageSearch,
  component: lazyPage(() => import('../../community/pages/ManageGroupPage.tsx'), 'ManageGroupPage'),
});

/** Where somebody writes: theirs alone, and made in the browser. */
export const writingRoutes = [compose, newGroup, manageGroup] as const;
