import type { zh } from './frameMessages.zh.ts';

export const en: typeof zh = {
  searchLabel: 'Search products',
  searchPlaceholder: 'Find something good',
  search: 'Search',
  categories: 'Product categories',
  allProducts: 'All products',
  suggestions: 'Suggestions',
  suggestionKinds: { product: 'Product', category: 'Category', vendor: 'Maker' },
};
