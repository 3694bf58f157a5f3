import { createRoute } from '@tanstack/react-router';
import { parseBookmarksSearch } from '../../community/bookmarks/search.ts';
import { parseFiltersSearch } from '../../community/filters/search.ts';
import { parseImportSearch } from '../../community/importing/search.ts';
import { parseRequestsSearch } from '../../community/requests/search.ts';
import { parseModerationSearch } from '../../moderation/search.ts';
import { parseOrdersSearch } from '../../ordering/orders/search.ts';
import { parseMethodsSearch } from '../../payments/account/search.ts';
import { laterPage } from '../laterPage.ts';
import { root } from './root.ts';

/** The frame of a person's own pages; each is a child of it, and needs no guard of its own. */
const account = createRoute({
  getParentRoute: () => root,
  path: '/account',
  component: laterPage('AccountLayout'),
});

const accountOverview = createRoute({
  getParentRoute: () => account,
  path: '/',
  component: laterPage('AccountPage'),
});

const orders = createRoute({
  getParentRoute: () => account,
  path: '/orders',
  validateSearch: parseOrdersSearch,
  component: laterPage('OrdersPage'),
});

const order = createRoute({
  getParentRoute: () => account,
  path: '/orders/$id',
  component: laterPage('OrderPage'),
});

const returns = createRoute({
  getParentRoute: () => account,
  path: '/returns',
  component: laterPage('ReturnsPage'),
});

const payments = createRoute({
  getParentRoute: () => account,
  path: '/payments',
  component: laterPage('PaymentsPage'),
});

const paymentMethods = createRoute({
  getParentRoute: () => account,
  path: '/payment-methods',
  validateSearch: parseMethodsSearch,
  component: laterPage('PaymentMethodsPage'),
});

const addresses = createRoute({
  getParentRoute: () => account,
  path: '/addresses',
  component: laterPage('AddressesPage'),
});

const newAddress = createRoute({
  getParentRoute: () => account,
  path: '/addresses/new',
  component: laterPage('NewAddressPage'),
});

const editAddress = createRoute({
  getParentRoute: () => account,
  path: '/addresses/$id',
  component: laterPage('EditAddressPage'),
});

const wishlist = createRoute({
  getParentRoute: () => account,
  path: '/wishlist',
  component: laterPage('WishlistRoute'),
});

const ownReviews = createRoute({
  getParentRoute: () => account,
  path: '/reviews',
  component: laterPage('OwnReviewsPage'),
});

const drafts = createRoute({
  getParentRoute: () => account,
  path: '/drafts',
  component: laterPage('DraftsPage'),
});

const bookmarks = createRoute({
  getParentRoute: () => account,
  path: '/bookmarks',
  validateSearch: parseBookmarksSearch,
  component: laterPage('BookmarksPage'),
});

const filters = createRoute({
  getParentRoute: () => account,
  path: '/blocks',
  validateSearch: parseFiltersSearch,
  component: laterPage('FiltersPage'),
});

const requests = createRoute({
  getParentRoute: () => account,
  path: '/requests',
  validateSearch: parseRequestsSearch,
  component: laterPage('RequestsPage'),
});

const imports = createRoute({
  getParentRoute: () => account,
  path: '/import',
  validateSearch: parseImportSearch,
  component: laterPage('ImportPage'),
});

const profile = createRoute({
  getParentRoute: () => account,
  path: '/profile',
  component: laterPage('ProfilePage'),
});

const security = createRoute({
  getParentRoute: () => account,
  path: '/security',
  component: laterPage('SecurityPage'),
});

const privacy = createRoute({
  getParentRoute: () => account,
  path: '/privacy',
  component: laterPage('PrivacyPage'),
});

const moderation = createRoute({
  getParentRoute: () => account,
  path: '/moderation',
  validateSearch: parseModerationSearch,
  component: laterPage('ModerationPage'),
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
