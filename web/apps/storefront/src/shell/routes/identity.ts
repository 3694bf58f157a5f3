import { createRoute } from '@tanstack/react-router';
import { parseKeepAccountSearch, parseTokenSearch } from '../../identity/letters/tokenSearch.ts';
import { parseSignInSearch } from '../../identity/nextPath.ts';
import { lazyPage } from '../lazyPage.ts';
import { root } from './root.ts';

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: parseSignInSearch,
  component: lazyPage(() => import('../../identity/pages/SignInPage.tsx'), 'SignInPage'),
});

const register = createRoute({
  getParentRoute: () => root,
  path: '/register',
  validateSearch: parseSignInSearch,
  component: lazyPage(() => import('../../identity/pages/RegisterPage.tsx'), 'RegisterPage'),
});

const forgot = createRoute({
  getParentRoute: () => root,
  path: '/forgot',
  component: lazyPage(() => import('../../identity/letters/ForgotPage.tsx'), 'ForgotPage'),
});

const reset = createRoute({
  getParentRoute: () => root,
  path: '/reset',
  validateSearch: parseTokenSearch,
  component: lazyPage(() => import('../../identity/letters/ResetPage.tsx'), 'ResetPage'),
});

const verifyEmail = createRoute({
  getParentRoute: () => root,
  path: '/verify-email',
  validateSearch: parseTokenSearch,
  component: lazyPage(() => import('../../identity/letters/VerifyEmailPage.tsx'), 'VerifyEmailPage'),
});

const denyEmail = createRoute({
  getParentRoute: () => root,
  path: '/deny-email',
  validateSearch: parseTokenSearch,
  component: lazyPage(() => import('../../identity/letters/DenyEmailPage.tsx'), 'DenyEmailPage'),
});

const revertEmail = createRoute({
  getParentRoute: () => root,
  path: '/revert-email',
  validateSearch: parseTokenSearch,
  component: lazyPage(() => import('../../identity/letters/RevertEmailPage.tsx'), 'RevertEmailPage'),
});

const unsubscribe = createRoute({
  getParentRoute: () => root,
  path: '/unsubscribe',
  validateSearch: parseTokenSearch,
  component: lazyPage(() => import('../../identity/letters/UnsubscribePage.tsx'), 'UnsubscribePage'),
});

const keepAccount = createRoute({
  getParentRoute: () => root,
  path: '/keep-account',
  validateSearch: parseKeepAccountSearch,
  component: lazyPage(() => import('../../identity/letters/KeepAccountPage.tsx'), 'KeepAccountPage'),
});

/** Signing in, and the pages that letters lead to. */
export const identityRoutes = [
  signIn,
  register,
  forgot,
  reset,
  verifyEmail,
  denyEmail,
  revertEmail,
  unsubscribe,
  keepAccount,
] as const;
