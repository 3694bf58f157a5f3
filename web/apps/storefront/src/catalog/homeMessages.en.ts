import { plural } from '@sharestack/i18n/plural.ts';
import type { zh } from './homeMessages.zh.ts';

export const en: typeof zh = {
  homeTitle: ['Made slowly,', 'kept for years.'],
  homeHeadline: 'Made slowly, kept for years',
  homeLead: 'Useful and beautiful things from makers and small workshops. Every piece says whose hands it came from.',
  shopAll: 'See everything',
  popular: 'Often bought',
  newest: 'Just in',
  seeAll: 'See all',
  makers: 'Who makes it',
  promises: [
    { title: 'Yours while you pay', body: 'Stock is live, and from the checkout on nobody else can buy your piece.' },
    { title: 'Reviews you can weigh', body: 'Verified purchases are marked, and poor ratings show like good ones.' },
    {
      title: 'Returns without begging',
      body: 'Choose the pieces and the reason on your order; the money goes back the way it came.',
    },
  ],
  howReturns: 'How returns work',
  pieces: (count) => plural(count, 'piece', 'pieces'),
};
