import type { zh } from './messages.zh.ts';

export const en: typeof zh = {
  title: 'Studio',
  lead: 'Sign in to look after your work and your products.',
  skip: 'Skip to content',
  toShop: 'Back to the shop',
  signOut: 'Sign out',
  language: 'Language',
  theme: 'Theme',
  themeSystem: 'As the system',
  themeLight: 'Light',
  themeDark: 'Dark',
  hello: (name) => `Hello, ${name}`,
  nothing: 'There is nothing here yet',
  nothingBody: 'Articles, memberships and earnings come here once they open.',
  noRole: 'You are not a creator yet',
  noRoleBody:
    'The studio is for creators and vendors. To become one, please write to us and say what you have in mind.',
  write: 'Write to us',
};
