import { createRoute } from '@tanstack/react-router';
import { parseKeepAccountSearch, parseTokenSearch } from '../../identity/letters/tokenSearch.ts';
import { parseSignInSearch } from '../../identity/nextPath.ts';
import { laterPage } from '../laterPage.ts';
import { root } from './root.ts';

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: parseSignInSearch,
  component: laterPage('SignInPage'),
});

const register = createRoute({
  getParentRoute: () => root,
  path: '/register',
  validateSearch: parseSignInSearch,
  component: laterPage('RegisterPage'),
});

const forgot = createRoute({
  getParentRoute: () => root,
  path: '/forgot',
  component: laterPage('ForgotPage'),
});

const reset = createRoute({
  getParentRoute: () => root,
  path: '/reset',
  validateSearch: parseTokenSearch,
  component: laterPage('ResetPage'),
});

const verifyEmail = createRoute({
  getParentRoute: () => root,
  path: '/verify-email',
  validateSearch: parseTokenSearch,
  component: laterPage('VerifyEmailPage'),
});

const denyEmail = createRoute({
  getParentRoute: () => root,
  path: '/deny-email',
  validateSearch: parseTokenSearch,
  component: laterPage('DenyEmailPage'),
});

const revertEmail = createRoute({
  getParentRoute: () => root,
  path: '/revert-email',
  validateSearch: parseTokenSearch,
  component: laterPage('RevertEmailPage'),
});

const unsubscribe = createRoute({
  getParentRoute: () => root,
  path: '/unsubscribe',
  validateSearch: parseTokenSearch,
  component: laterPage('UnsubscribePage'),
});

const keepAccount = createRoute({
  getParentRoute: () => root,
  path: '/keep-account',
  validateSearch: parseKeepAccountSearch,
  component: laterPage('KeepAccountPage'),
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
