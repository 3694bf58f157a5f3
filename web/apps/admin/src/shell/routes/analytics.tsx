import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { parseMetricsSearch } from '../../analytics/search.ts';
import { guarded, only, root } from './root.tsx';

const metrics = createRoute({
  getParentRoute: () => root,
  path: '/metrics',
  validateSearch: only(parseMetricsSearch),
  component: guarded(
    'analytics:read',
    lazyRouteComponent(() => import('../../analytics/pages/MetricsPage.tsx'), 'MetricsPage'),
  ),
});

export const analyticsRoutes = [metrics] as const;
