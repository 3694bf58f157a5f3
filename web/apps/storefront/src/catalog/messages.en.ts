import { plural } from '@sharestack/i18n/plural.ts';
import type { zh } from './messages.zh.ts';

export const en: typeof zh = {
  from: (price) => `from ${price}`,
  soldOut: 'Sold out for now',
  was: 'before',
  searchLabel: 'Search products',
  searchPlaceholder: 'Find something good',
  search: 'Search',
  categories: 'Product categories',
  allProducts: 'All products',
  homeTitle: 'Made slowly, kept for years.',
  homeLead: 'Useful and beautiful things from makers and small workshops. Every piece says whose hands it came from.',
  homeDescription: 'Home, kitchen, clothing and jewellery from makers and small workshops.',
  shopAll: 'See everything',
  popular: 'Often bought',
  newest: 'Just in',
  seeAll: 'See all',
  makers: 'Who makes it',
  pieces: (count) => plural(count, 'piece', 'pieces'),
};
