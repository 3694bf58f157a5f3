import type { Page } from '@playwright/test';
import type { Samples } from '../support/samples.ts';

/** What a page looks like besides filled; `open` leads there from the filled page. */
interface State {
  name: string;
  open: (page: Page, samples: Samples) => Promise<void>;
}

export interface WalkedPage {
  /** As the router names it. */
  route: string;
  /** Below the language's part of the address; the route itself where it has no parameters. */
  path?: (samples: Samples) => string;
  /** Who sees the page with everything in it. */
  visitor: 'guest' | 'customer';
  /** Whether somebody without orders, addresses and so on sees something else. */
  canBeEmpty?: boolean;
  /** Whether it shows what the API answers to the browser, and an error in its place. */
  canFail?: boolean;
  states?: readonly State[];
}

const presses = (name: string, button: RegExp): State => ({
  name,
  open: async (page) => page.getByRole('button', { name: button }).first().click(),
});

const guest = { visitor: 'guest' } as const;
const own = { visitor: 'customer', canBeEmpty: true, canFail: true } as const;

/** Every page of the storefront. `shell/walkedPages.test.ts` compares it with the router. */
export const PAGES: readonly WalkedPage[] = [
  { route: '/', ...guest, canFail: true },
  { route: '/c/$slug', path: ({ category }) => `/c/${category}`, ...guest, canFail: true },
  {
    route: '/search',
    ...guest,
    canFail: true,
    states: [
      {
        name: 'nothing found',
        open: async (page) => {
          await page.getByRole('combobox').first().fill('qqqqqq');
          await page.keyboard.press('Enter');
          await page.waitForURL(/q=qqqqqq/);
        },
      },
      {
        name: 'suggestions',
        open: async (page, { productName }) => {
          await page.getByRole('combobox').first().fill(productName.slice(0, 6));
          await page.getByRole('listbox').getByRole('option').first().waitFor();
        },
      },
    ],
  },
  { route: '/p/$slug', path: ({ product }) => `/p/${product}`, ...guest, canFail: true },
  { route: '/legal/$name', path: () => '/legal/terms', ...guest },
  {
    route: '/feed',
    ...guest,
    canFail: true,
    states: [
      {
        name: 'hot',
        open: async (page) =>
          page
            .getByRole('main')
            .getByRole('link', { name: /^(热门|Hot)$/ })
            .click(),
      },
    ],
  },
  { route: '/posts/$id', path: ({ post }) => `/posts/${post}`, ...guest, canFail: true },
  { route: '/@{$name}', path: ({ person }) => `/@${encodeURIComponent(person)}`, ...guest, canFail: true },
  { route: '/t/$symbol', path: ({ ticker }) => `/t/${ticker}`, ...guest, canFail: true },
  { route: '/tag/$tag', path: ({ hashtag }) => `/tag/${encodeURIComponent(hashtag)}`, ...guest, canFail: true },
  {
    route: '/find',
    path: ({ ticker }) => `/find?q=${ticker}`,
    ...guest,
    canFail: true,
    states: [
      {
        name: 'posts',
        open: async (page) =>
          page
            .getByRole('main')
            .getByRole('link', { name: /^(动态|Posts)$/ })
            .click(),
      },
    ],
  },
  { route: '/groups', ...guest, canFail: true },
  { route: '/groups/$slug', path: ({ group }) => `/groups/${group}`, ...guest, canFail: true },
  { route: '/groups/new', visitor: 'customer', states: [presses('nothing written', /^(新建|Make the group)$/)] },
  {
    route: '/groups/$slug/manage',
    path: ({ group }) => `/groups/${group}/manage`,
    visitor: 'customer',
    canFail: true,
  },
  { route: '/compose', visitor: 'customer', states: [presses('nothing written', /^(发表|Publish)$/)] },
  { route: '/welcome', ...own },
  { route: '/account/drafts', ...own },
  {
    route: '/account/bookmarks',
    ...own,
    states: [presses('a new folder', /^(新建收藏夹|New folder)$/)],
  },
  {
    route: '/account/blocks',
    ...own,
    states: [
      {
        name: 'words',
        open: async (page) =>
          page
            .getByRole('main')
            .getByRole('link', { name: /^(屏蔽词|Words)$/ })
            .click(),
      },
      presses('a new word', /^(加屏蔽词|Filter words)$/),
    ],
  },
  { route: '/account/requests', ...own },
  {
    route: '/account/import',
    visitor: 'customer',
    states: [presses('nothing chosen', /^(开始导入|Start the import)$/)],
  },
  { route: '/cart', ...own },
  { route: '/orders/$id', path: ({ order }) => `/orders/${order}`, ...guest },
  { route: '/sign-in', ...guest, states: [presses('nothing filled in', /^(登录|Sign in)$/)] },
  { route: '/register', ...guest, states: [presses('nothing filled in', /^(注册|Register)$/)] },
  { route: '/account', ...own, states: [presses('account opened', /^(我的账户|Your account)$/)] },
  { route: '/account/orders', ...own },
  { route: '/account/orders/$id', path: ({ order }) => `/account/orders/${order}`, visitor: 'customer', canFail: true },
  { route: '/account/returns', ...own },
  { route: '/account/payments', ...own },
  { route: '/account/payment-methods', ...own },
  { route: '/account/addresses', ...own },
  { route: '/account/addresses/new', visitor: 'customer', states: [presses('nothing filled in', /^(保存|Save)$/)] },
  { route: '/account/addresses/$id', path: ({ address }) => `/account/addresses/${address}`, visitor: 'customer' },
  { route: '/account/moderation', ...own },
  { route: '/account/wishlist', ...own },
  { route: '/account/reviews', ...own },
  { route: '/account/profile', visitor: 'customer' },
  { route: '/account/security', visitor: 'customer', canFail: true },
  { route: '/account/privacy', visitor: 'customer', canFail: true },
  { route: '/checkout', ...own },
  { route: '/checkout/return', path: () => '/checkout/return?payment=01890000-0000-7000-8000-000000000000', ...guest },
  { route: '/forgot', ...guest, states: [presses('nothing filled in', /^(寄链接给我|Send me a link)$/)] },
  ...['/reset', '/verify-email', '/deny-email', '/revert-email', '/unsubscribe', '/keep-account'].map((route) => ({
    route,
    path: () => `${route}?token=forged`,
    ...guest,
  })),
];
