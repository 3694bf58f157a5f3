import { createRoute } from '@tanstack/react-router';
import { parseCheckoutSearch, parseReturnSearch } from '../../ordering/checkout/checkoutSearch.ts';
import { parseOrderSearch } from '../../ordering/orders/search.ts';
import { laterPage } from '../laterPage.ts';
import { lazyPage } from '../lazyPage.ts';
import { root } from './root.ts';

const cart = createRoute({
  getParentRoute: () => root,
  path: '/cart',
  component: lazyPage(() => import('../../ordering/pages/CartPage.tsx'), 'CartPage'),
});

const checkout = createRoute({
  getParentRoute: () => root,
  path: '/checkout',
  validateSearch: parseCheckoutSearch,
  component: lazyPage(() => import('../pages/CheckoutRoute.tsx'), 'CheckoutRoute'),
});

const checkoutReturn = createRoute({
  getParentRoute: () => root,
  path: '/checkout/return',
  validateSearch: parseReturnSearch,
  component: lazyPage(() => import('../pages/CheckoutReturnRoute.tsx'), 'CheckoutReturnRoute'),
});

const guestOrder = createRoute({
  getParentRoute: () => root,
  path: '/orders/$id',
  validateSearch: parseOrderSearch,
  component: laterPage('GuestOrderPage'),
});

/** From the cart to the order. */
export const purchaseRoutes = [cart, checkout, checkoutReturn, guestOrder] as const;
