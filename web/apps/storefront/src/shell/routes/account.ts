import { createRoute } from '@tanstack/react-router';
import { parseBookmarksSearch } from '../../community/bookmarks/search.ts';
import { parseFiltersSearch } from '../../community/filters/search.ts';
import { parseImportSearch } from '../../community/importing/search.ts';
import { parseRequestsSearch } from '../../community/requests/search.ts';
import { parseModerationSearch } from '../../moderation/search.ts';
import { parseOrdersSearch } from '../../ordering/orders/search.ts';
import { parseMethodsSearch } from '../../payments/account/search.ts';
import { lazyPage } from '../lazyPage.ts';
import { root } from './root.ts';

/** The frame of a person's own pages; each is a child of it, and needs no guard of its own. */
const account = createRoute({
  getParentRoute: () => root,
  path: '/account',
  component: lazyPage(() => import('../AccountLayout.tsx'), 'AccountLayout'),
});

const accountOverview = createRoute({
  getParentRoute: () => account,
  path: '/',
  component: lazyPage(() => import('../pages/AccountPage.tsx'), 'AccountPage'),
});

const orders = createRoute({
  getParentRoute: () => account,
  path: '/orders',
  validateSearch: parseOrdersSearch,
  component: lazyPage(() => import('../../ordering/orders/pages/OrdersPage.tsx'), 'OrdersPage'),
});

const order = createRoute({
  getParentRoute: () => account,
  path: '/orders/$id',
  component: lazyPage(() => import('../../ordering/orders/pages/OrderPage.tsx'), 'OrderPage'),
});

const returns = createRoute({
  getParentRoute: () => account,
  path: '/returns',
  component: lazyPage(() => import('../../ordering/orders/pages/ReturnsPage.tsx'), 'ReturnsPage'),
});

const payments = createRoute({
  getParentRoute: () => account,
  path: '/payments',
  component: lazyPage(() => import('../../payments/account/pages/PaymentsPage.tsx'), 'PaymentsPage'),
});

const paymentMethods = createRoute({
  getParentRoute: () => account,
  path: '/payment-methods',
  validateSearch: parseMethodsSearch,
  component: lazyPage(() => import('../../payments/account/pages/PaymentMethodsPage.tsx'), 'PaymentMethodsPage'),
});

const addresses = createRoute({
  getParentRoute: () => account,
  path: '/addresses',
  component: lazyPage(() => import('../../ordering/addresses/pages/AddressesPage.tsx'), 'AddressesPage'),
});

const newAddress = createRoute({
  getParentRoute: () => account,
  path: '/addresses/new',
  component: lazyPage(() => import('../../ordering/addresses/pages/NewAddressPage.tsx'), 'NewAddressPage'),
});

const editAddress = createRoute({
  getParentRoute: () => account,
  path: '/addresses/$id',
  component: lazyPage(() => import('../../ordering/addresses/pages/EditAddressPage.tsx'), 'EditAddressPage'),
});

const wishlist = createRoute({
  getParentRoute: () => account,
  path: '/wishlist',
  component: lazyPage(() => import('../pages/WishlistRoute.tsx'), 'WishlistRoute'),
});

const ownReviews = createRoute({
  getParentRoute: () => account,
  path: '/reviews',
  component: lazyPage(() => import('../../catalog/pages/OwnReviewsPage.tsx'), 'OwnReviewsPage'),
});

const drafts = createRoute({
  getParentRoute: () => account,
  path: '/drafts',
  component: lazyPage(() => import('../../community/pages/DraftsPage.tsx'), 'DraftsPage'),
});

const bookmarks = createRoute({
  getParentRoute: () => account,
  path: '/bookmarks',
  validateSearch: parseBookmarksSearch,
  component: lazyPage(() => import('../../community/pages/BookmarksPage.tsx'), 'BookmarksPage'),
});

const filters = createRoute({
  getParentRoute: () => account,
  path: '/blocks',
  validateSearch: parseFiltersSearch,
  component: lazyPage(() => import('../../community/pages/FiltersPage.tsx'), 'FiltersPage'),
});

const requests = createRoute({
  getParentRoute: () => account,
  path: '/requests',
  validateSearch: parseRequestsSearch,
  component: lazyPage(() => import('../../community/pages/RequestsPage.tsx'), 'RequestsPage'),
});

const imports = createRoute({
  getParentRoute: () => account,
  path: '/import',
  validateSearch: parseImportSearch,
  component: lazyPage(() => import('../../community/pages/ImportPage.tsx'), 'ImportPage'),
});

const profile = createRoute({
  getParentRoute: () => account,
  path: '/profile',
  component: lazyPage(() => import('../../identity/account/ProfilePage.tsx'), 'ProfilePage'),
});

const security = createRoute({
  getParentRoute: () => account,
  path: '/security',
  component: lazyPage(() => import('../../identity/account/SecurityPage.tsx'), 'SecurityPage'),
});

const privacy = createRoute({
  getParentRoute: () => account,
  path: '/privacy',
  component: lazyPage(() => import('../../identity/account/PrivacyPage.tsx'), 'PrivacyPage'),
});

const moderation = createRoute({
  getParentRoute: () => account,
  path: '/moderation',
  validateSearch: parseModerationSearch,
  component: lazyPage(() => import('../../moderation/pages/ModerationPage.tsx'), 'ModerationPage'),
});

export const accountRoutes = account.addChildren([
  accountOverview,
  orders,
  order,
  returns,
  payments,
  paymentMethods,
  addresses,
  newAddress,
  editAddress,
  wishlist,
  ownReviews,
  drafts,
  bookmarks,
  filters,
  requests,
  imports,
  profile,
  security,
  privacy,
  moderation,
]);
