import type { zh } from './messages.zh.ts';

export const en: typeof zh = {
  title: 'Wishlist',
  lead: 'Kept for later. If you agreed to letters, we tell you when something costs less or is back.',
  emptyTitle: 'No wishes yet',
  emptyBody: 'Press the heart on a product, and it will be here.',
  browse: 'Look around',
  inStock: 'In stock',
  soldOut: 'Sold out for now',
  offSale: 'No longer sold',
  from: (price) => `from ${price}`,
  cheaper: (amount) => `${amount} less than when you saved it`,
  dearer: (amount) => `${amount} more than when you saved it`,
  choose: 'Choose',
  remove: 'Remove',
  removeOf: (name) => `Remove ${name} from the wishlist`,
  removed: (name) => `${name} was removed`,
  undo: 'Undo',
  moved: (name) => `${name} is in your cart`,
  toCart: 'View cart',
  failed: 'That was not saved. Please try again.',
};
