/**
 * Pages that are made in the browser alone, by the names of their components. They stand in a file of their own, so that
 * no page that is read carries the names of all their files.
 */
export const laterPages = {
  AccountLayout: () => import('./AccountLayout.tsx'),
  AccountPage: () => import('./pages/AccountPage.tsx'),
  OrdersPage: () => import('../ordering/orders/pages/OrdersPage.tsx'),
  GuestOrderPage: () => import('../ordering/orders/pages/GuestOrderPage.tsx'),
  OrderPage: () => import('../ordering/orders/pages/OrderPage.tsx'),
  ReturnsPage: () => import('../ordering/orders/pages/ReturnsPage.tsx'),
  PaymentsPage: () => import('../payments/account/pages/PaymentsPage.tsx'),
  PaymentMethodsPage: () => import('../payments/account/pages/PaymentMethodsPage.tsx'),
  AddressesPage: () => import('../ordering/addresses/pages/AddressesPage.tsx'),
  NewAddressPage: () => import('../ordering/addresses/pages/NewAddressPage.tsx'),
  EditAddressPage: () => import('../ordering/addresses/pages/EditAddressPage.tsx'),
  WishlistRoute: () => import('./pages/WishlistRoute.tsx'),
  OwnReviewsPage: () => import('../catalog/pages/OwnReviewsPage.tsx'),
  DraftsPage: () => import('../community/pages/DraftsPage.tsx'),
  BookmarksPage: () => import('../community/pages/BookmarksPage.tsx'),
  FiltersPage: () => import('../community/pages/FiltersPage.tsx'),
  RequestsPage: () => import('../community/pages/RequestsPage.tsx'),
  ImportPage: () => import('../community/pages/ImportPage.tsx'),
  ProfilePage: () => import('../identity/account/ProfilePage.tsx'),
  SecurityPage: () => import('../identity/account/SecurityPage.tsx'),
  PrivacyPage: () => import('../identity/account/PrivacyPage.tsx'),
  ModerationPage: () => import('../moderation/pages/ModerationPage.tsx'),
  SignInPage: () => import('../identity/pages/SignInPage.tsx'),
  RegisterPage: () => import('../identity/pages/RegisterPage.tsx'),
  ForgotPage: () => import('../identity/letters/ForgotPage.tsx'),
  ResetPage: () => import('../identity/letters/ResetPage.tsx'),
  VerifyEmailPage: () => import('../identity/letters/VerifyEmailPage.tsx'),
  DenyEmailPage: () => import('../identity/letters/DenyEmailPage.tsx'),
  RevertEmailPage: () => import('../identity/letters/RevertEmailPage.tsx'),
  UnsubscribePage: () => import('../identity/letters/UnsubscribePage.tsx'),
  KeepAccountPage: () => import('../identity/letters/KeepAccountPage.tsx'),
  NewGroupPage: () => import('../community/pages/NewGroupPage.tsx'),
  ManageGroupPage: () => import('../community/pages/ManageGroupPage.tsx'),
  WelcomePage: () => import('../community/pages/WelcomePage.tsx'),
};

export type LaterPage = keyof typeof laterPages;
