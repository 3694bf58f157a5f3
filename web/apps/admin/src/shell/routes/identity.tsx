import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { parsePeopleSearch } from '../../identity/search.ts';
import { guarded, only, root } from './root.tsx';

const people = createRoute({
  getParentRoute: () => root,
  path: '/customers',
  validateSearch: only(parsePeopleSearch),
  component: guarded(
    'users:read',
    lazyRouteComponent(() => import('../../identity/pages/PeoplePage.tsx'), 'PeoplePage'),
  ),
});

const person = createRoute({
  getParentRoute: () => root,
  path: '/customers/$id',
  component: guarded(
    'users:read',
    lazyRouteComponent(() => import('../PersonRoom.tsx'), 'PersonRoom'),
  ),
});

export const identityRoutes = [people, person] as const;
