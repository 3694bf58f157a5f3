import { createRoute } from '@tanstack/react-router';
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

/** Where somebody writes, and begins: theirs alone, and made in the browser. */
export const writingRoutes = [compose, welcome] as const;
