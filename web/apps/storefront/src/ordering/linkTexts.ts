import { plural } from '@sharestack/i18n/plural.ts';

/** What every page shows of this context; kept apart so that pages do not load the words of the cart. */
const zh = {
  cart: '购物车',
  cartCount: (count: number) => `购物车，${count} 件商品`,
};

const en: typeof zh = {
  cart: 'Cart',
  cartCount: (count) => `Cart, ${plural(count, 'item', 'items')}`,
};

export const linkTexts = { 'zh-CN': zh, en };
