import type { zh } from './messages.zh.ts';

export const en: typeof zh = {
  brokenTitle: 'This link does not work any more',
  brokenBody: 'It was used already, has run out, or a newer one took its place. Or a piece was lost in copying.',
  toAccount: 'To your account',
  toSignIn: 'Sign in',
  toHome: 'Back to the home page',
  writeToUs: 'Still stuck? Write to us',

  forgotTitle: 'Forgotten password',
  forgotLead: 'Tell us the email address of your account, and we send a link to choose a new password.',
  forgotSend: 'Send me a link',
  forgotSentTitle: 'Please look into your mail',
  forgotSent: (email) =>
    `If ${email} has an account, a link is on its way. It is good for an hour, and only the newest one works.`,
  forgotNothing: 'Nothing came? Look among the spam, or try another address.',
  forgotAgain: 'Another address',
  backToSignIn: 'I remember it: sign in',

  resetTitle: 'Choose a new password',
  resetLead: 'All devices are signed out when it is saved; sign in with the new one.',
  resetSave: 'Save the new password',
  resetDoneTitle: 'Your new password is saved',
  resetDone: 'All devices are signed out. You can sign in with it now.',
  resetBroken: 'You can have another one sent.',
  resetAgain: 'Send another link',

  verifyTitle: 'Confirm your email address',
  verifyLead: 'The button says that this letter reached you.',
  verifyAction: 'Confirm this address',
  verifyGuestLead: 'Better sign in first, then confirm: your password and your devices stay as they are.',
  verifySignIn: 'Sign in and confirm',
  verifyTakeOver: 'No password? You can confirm without signing in',
  verifyTakeOverBody:
    'The account then belongs to whoever reads this letter: all sign-ins end, the old password is void, and you choose a new one.',
  verifyTakeOverAction: 'Confirm without signing in',
  verifyDoneTitle: 'The address is confirmed',
  verifyDone: (email) => `${email} is yours.`,
  verifyBroken:
    'If you have confirmed it before, there is nothing left to do. If not, “Sign-in and security” sends another link.',
  verifyNeedsSignIn:
    'This link changes the address of an account. Sign in to the account that asked for it, then open the link again; it stays good.',
  verifyTaken: 'This address belongs to another account.',
  choosePassword: 'Choose a new password now; that works for an hour.',

  denyTitle: 'This account is not mine',
  denyLead:
    'Somebody opened an account with your address, or wants to move theirs to it. With the button the account is closed and erased within hours; a move does not happen.',
  denyAction: 'Not me: close it',
  denyDoneTitle: 'That is settled',
  denyDone: 'The account does not use your address any more, and you get no more of its mail.',
  denyBroken: 'Perhaps the address is confirmed already, or the account is closed.',

  revertTitle: 'Take the change of address back',
  revertLead:
    'The account goes back to this address. All sign-ins end, the password is void, and you choose a new one.',
  revertAction: 'Go back to the old address',
  revertDoneTitle: 'The old address is back',
  revertDone: (email) => `The account has the address ${email} again.`,
  revertBroken: 'A change can be taken back for seven days.',

  unsubscribeTitle: 'No more offers by mail',
  unsubscribeLead:
    'No more letters about goods that are back, lower prices, or a cart left behind. Letters about orders and security still come.',
  unsubscribeAction: 'Stop them',
  unsubscribeDoneTitle: 'Stopped',
  unsubscribeDone: 'No more offers come. “Privacy and data” turns them on again if you change your mind.',
  unsubscribeBroken: 'Once signed in, you can turn offers off under “Privacy and data”.',

  closedTitle: 'Your account is closed',
  closed: (day) => `Until ${day} the link in our letter brings it back; afterwards it is erased for good.`,
  closedWaits:
    'What is still under way, such as a parcel, a return or a refund, is finished first. Thank you for having been here.',
  keepTitle: 'Keep my account',
  keepLead: 'The account is not closed, everything stays as it was, and you can sign in again.',
  keepAction: 'Keep the account',
  keepDoneTitle: 'Your account stays',
  keepDone: 'It is not going to be closed. You can sign in now.',
  keepBroken: 'The account was kept before, or it is gone. Signing in tells.',
};
