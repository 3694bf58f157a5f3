import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { parseOverviewSearch } from '../../operations/search.ts';
import { parseAuditSearch, parseErrorsSearch } from '../../operations/system/search.ts';
import { guarded, only, root } from './root.tsx';

const overview = createRoute({
  getParentRoute: () => root,
  path: '/',
  validateSearch: only(parseOverviewSearch),
  component: lazyRouteComponent(() => import('../../operations/pages/OverviewPage.tsx'), 'OverviewPage'),
});

const audit = createRoute({
  getParentRoute: () => root,
  path: '/audit',
  validateSearch: only(parseAuditSearch),
  component: guarded(
    'audit:read',
    lazyRouteComponent(() => import('../../operations/system/pages/AuditPage.tsx'), 'AuditPage'),
  ),
});

const errors = createRoute({
  getParentRoute: () => root,
  path: '/errors',
  validateSearch: only(parseErrorsSearch),
  component: guarded(
    'errors:read',
    lazyRouteComponent(() => import('../../operations/system/pages/ErrorsPage.tsx'), 'ErrorsPage'),
  ),
});

const error = createRoute({
  getParentRoute: () => root,
  path: '/errors/$id',
  component: guarded(
    'errors:read',
    lazyRouteComponent(() => import('../../operations/system/pages/ErrorPage.tsx'), 'ErrorPage'),
  ),
});

const speed = createRoute({
  getParentRoute: () => root,
  path: '/speed',
  component: guarded(
    'operations:read',
    lazyRouteComponent(() => import('../../operations/system/pages/SpeedPage.tsx'), 'SpeedPage'),
  ),
});

export const operationsRoutes = [overview, audit, errors, error, speed] as const;
