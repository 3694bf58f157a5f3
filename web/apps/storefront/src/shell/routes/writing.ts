import { createRoute } from '@tanstack/react-router';
import { parseManageSearch } from '../../community/groups/managing/search.ts';
import { parseComposeSearch } from '../../community/search.ts';
import { laterPage } from '../laterPage.ts';
import { lazyPage } from '../lazyPage.ts';
import { root } from './root.ts';

const compose = createRoute({
  getParentRoute: () => root,
  path: '/compose',
  validateSearch: parseComposeSearch,
  component: lazyPage(() => import('../../community/pages/ComposePage.tsx'), 'ComposePage'),
});

const welcome = createRoute({
  getParentRoute: () => root,
  path: '/welcome',
  component: laterPage('WelcomePage'),
});

const newGroup = createRoute({
  getParentRoute: () => root,
  path: '/groups/new',
  component: laterPage('NewGroupPage'),
});

const manageGroup = createRoute({
  getParentRoute: () => root,
  path: '/groups/$slug/manage',
  validateSearch: parseManageSearch,
  component: laterPage('ManageGroupPage'),
});

/** Where somebody writes, begins, or looks after a group: theirs alone, and made in the browser. */
export const writingRoutes = [compose, welcome, newGroup, manageGroup] as const;
