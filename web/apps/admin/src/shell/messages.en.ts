import type { zh } from './messages.zh.ts';

export const en: typeof zh = {
  title: 'Administration',
  lead: 'Please sign in with a staff account.',
  rooms: 'Rooms',
  overview: 'Overview',
  toShop: 'To the shop',
  signOut: 'Sign out',
  notForYouTitle: 'This is for staff only',
  notForYouBody: 'Your account has no permissions here. If it should have, please ask an administrator.',
  notFound: 'There is no such page',
};
