import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { parseReturnsSearch } from '../../ordering/returns/search.ts';
import { parseOrdersSearch } from '../../ordering/search.ts';
import { guarded, only, root } from './root.tsx';

const orders = createRoute({
  getParentRoute: () => root,
  path: '/orders',
  validateSearch: only(parseOrdersSearch),
  component: guarded(
    'orders:read_all',
    lazyRouteComponent(() => import('../../ordering/pages/OrdersPage.tsx'), 'OrdersPage'),
  ),
});

const order = createRoute({
  getParentRoute: () => root,
  path: '/orders/$id',
  component: guarded(
    'orders:read_all',
    lazyRouteComponent(() => import('../OrderRoom.tsx'), 'OrderRoom'),
  ),
});

const oneReturn = createRoute({
  getParentRoute: () => root,
  path: '/returns/$id',
  component: guarded(
    'orders:read_all',
    lazyRouteComponent(() => import('../../ordering/returns/pages/ReturnPage.tsx'), 'ReturnPage'),
  ),
});

const returns = createRoute({
  getParentRoute: () => root,
  path: '/returns',
  validateSearch: only(parseReturnsSearch),
  component: guarded(
    'orders:read_all',
    lazyRouteComponent(() => import('../../ordering/returns/pages/ReturnsPage.tsx'), 'ReturnsPage'),
  ),
});

const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  component: guarded(
    'settings:write',
    lazyRouteComponent(() => import('../../ordering/site/pages/SettingsPage.tsx'), 'SettingsPage'),
  ),
});

const legalText = createRoute({
  getParentRoute: () => root,
  path: '/settings/legal/$name/$language',
  component: guarded(
    'settings:write',
    lazyRouteComponent(() => import('../../ordering/site/pages/LegalTextPage.tsx'), 'LegalTextPage'),
  ),
});

export const orderingRoutes = [orders, order, returns, oneReturn, settings, legalText] as const;
