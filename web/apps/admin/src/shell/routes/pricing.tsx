import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { parseCouponsSearch, parseTaxesSearch } from '../../pricing/search.ts';
import { guarded, only, root } from './root.tsx';

const coupons = createRoute({
  getParentRoute: () => root,
  path: '/coupons',
  validateSearch: only(parseCouponsSearch),
  component: guarded(
    'pricing:read_all',
    lazyRouteComponent(() => import('../../pricing/pages/CouponsPage.tsx'), 'CouponsPage'),
  ),
});

const shipping = createRoute({
  getParentRoute: () => root,
  path: '/shipping',
  component: guarded(
    'pricing:read_all',
    lazyRouteComponent(() => import('../../pricing/pages/ShippingPage.tsx'), 'ShippingPage'),
  ),
});

const zone = createRoute({
  getParentRoute: () => root,
  path: '/shipping/$id',
  component: guarded(
    'pricing:read_all',
    lazyRouteComponent(() => import('../../pricing/pages/ZonePage.tsx'), 'ZonePage'),
  ),
});

const taxes = createRoute({
  getParentRoute: () => root,
  path: '/taxes',
  validateSearch: only(parseTaxesSearch),
  component: guarded(
    'pricing:read_all',
    lazyRouteComponent(() => import('../../pricing/pages/TaxesPage.tsx'), 'TaxesPage'),
  ),
});

export const pricingRoutes = [coupons, shipping, zone, taxes] as const;
