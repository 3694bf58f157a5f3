import { createRoute } from '@tanstack/react-router';
import { parseComposeSearch } from '../../community/search.ts';
import { laterPage } from '../laterPage.ts';
import { root } from './root.ts';

const compose = createRoute({
  getParentRoute: () => root,
  path: '/compose',
  validateSearch: parseComposeSearch,
  component: laterPage('ComposePage'),
});

/** Where somebody writes: theirs alone, and made in the browser. */
export const writingRoutes = [compose] as const;
