import { plural } from '@sharestack/i18n/plural.ts';
import type { zh } from './messages.zh.ts';

function duration(seconds: number): string {
  if (seconds <= 90) return plural(seconds, 'second', 'seconds');
  if (seconds <= 5400) return plural(Math.ceil(seconds / 60), 'minute', 'minutes');
  return plural(Math.ceil(seconds / 3600), 'hour', 'hours');
}

export const en: typeof zh = {
  signIn: 'Sign in',
  signInLead: 'Welcome back.',
  register: 'Register',
  registerTitle: 'Make an account',
  registerLead: 'See your orders, write reviews, and go on from any device.',
  email: 'Email',
  emailHint: 'We send a link there; please open it to confirm the address.',
  password: 'Password',
  newPassword: 'New password',
  forgot: 'Forgot your password?',
  passwordHint: 'At least 10 characters; a few unrelated words in a row do well.',
  showPassword: 'Show the password',
  name: 'Name',
  marketing: 'Write to me when there is something new (you can stop that at any time)',
  agree: 'By registering you agree to the',
  terms: 'terms of service',
  and: 'and the',
  privacy: 'privacy notice',
  noAccount: 'No account yet?',
  haveAccount: 'Have an account already?',
  missing: 'Please fill this in.',
  badEmail: 'This does not look like an email address.',
  offline: 'The network is down. Try again once you are back; what you typed is still here.',
  failed: 'That did not work. Please try again in a moment.',
  wait: (seconds) => `Too many attempts. Please try again in ${duration(seconds)}.`,
  waitOver: 'You can try again now.',
  details: 'Details',
  problemId: 'Problem id',
  fieldProblems: {
    email: 'This email address cannot be used.',
    password: 'The password is too short or too easy to guess. Use 10 characters or more.',
    new_password: 'The password is too short or too easy to guess. Use 10 characters or more.',
    new_email: 'This email address cannot be used.',
    username: 'This cannot be used: 2 to 30 letters, digits and _, not digits alone.',
    full_name: 'The name is too long, or has characters that cannot be used.',
  },
  problems: {
    invalid_credentials: 'The email address or the password is wrong.',
    account_inactive: 'This account is deactivated. Please write to us.',
    invalid_token: 'Your session has ended. Sign in again, then press once more.',
    not_authenticated: 'Your session has ended. Sign in again, then press once more.',
    wrong_password: 'The password is wrong.',
    same_email: 'This is your email address already.',
    email_already_verified: 'This address is confirmed already.',
    email_taken: 'There is an account with this email address already; you can sign in.',
    too_many_attempts: 'Too many attempts. Please try again later.',
    outdated_text: 'The text has just been renewed. Load the page again, then choose.',
    last_administrator: 'You are the only administrator. Let somebody else take over before you close the account.',
    version_conflict: 'This was changed elsewhere just now. Compare, then save again.',
    rate_limited: 'That was a little fast. Please wait a moment.',
    validation_failed: 'Something is not filled in right. Please have a look.',
  },
};
