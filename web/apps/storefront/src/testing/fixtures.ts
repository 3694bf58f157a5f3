import { FIRST_FACTS } from '@sharestack/api/siteFacts.ts';
import { type Call, problem } from '@sharestack/testing/api.ts';

/** A small shop, as the API tells it. */
export const CATEGORIES = {
  items: [
    {
      id: 'c-1',
      name: 'Kitchen',
      slug: 'kitchen',
      former_slugs: ['cooking'],
      updated_at: '2026-11-20T08:00:00Z',
      product_count: 2,
      children: [
        {
          id: 'c-2',
          name: '茶具',
          slug: 'tea',
          former_slugs: ['teaware'],
          updated_at: '2026-11-20T08:00:00Z',
          product_count: 1,
          children: [],
        },
      ],
    },
    {
      id: 'c-3',
      name: 'Jewellery',
      slug: 'jewellery',
      former_slugs: [],
      updated_at: '2026-11-20T08:00:00Z',
      product_count: 1,
      children: [],
    },
  ],
};

const IMAGE = { url: '/media/pot.webp', blurhash: null, width: 640, height: 640, variants: [], alt: '' };

export const POT = {
  id: 'p-1',
  slug: 'clay-pot',
  name: 'Clay Pot',
  vendor: 'Clayworks',
  currency: 'USD',
  price_min_amount: 1290,
  price_max_amount: 2490,
  compare_at_amount: 2990,
  image: IMAGE,
  in_stock: true,
  rating_average: 4.5,
  rating_count: 2,
  updated_at: '2026-11-01T00:00:00Z',
};

export const GAIWAN = {
  ...POT,
  id: 'p-2',
  slug: 'gaiwan',
  name: '青瓷盖碗',
  price_max_amount: 1290,
  compare_at_amount: null,
  image: null,
  in_stock: false,
  rating_average: null,
  rating_count: 0,
};

export const FACETS = {
  total: 2,
  approximate: false,
  categories: [{ id: 'c-1', slug: 'kitchen', name: 'Kitchen', count: 2 }],
  vendors: [
    { value: 'Clayworks', count: 2 },
    ...Array.from({ length: 7 }, (_, index) => ({ value: `Maker ${index}`, count: 1 })),
  ],
  options: [{ name: 'Size', values: [{ value: 'Large', count: 1 }] }],
};

export const LIST = { items: [POT, GAIWAN], next_cursor: 'next-page', facets: FACETS };

const variant = (id: string, values: string[], more: object = {}) => ({
  id: `00000000-0000-4000-8000-00000000000${id}`,
  sku: `POT-${id}`,
  option_values: values,
  price_amount: 1290,
  compare_at_amount: null,
  weight_grams: 500,
  requires_shipping: true,
  image_url: null,
  stock_state: 'in_stock',
  available: null,
  ...more,
});

export const PRODUCT = {
  id: 'p-1',
  slug: 'clay-pot',
  name: 'Clay Pot',
  description: '<p>Thrown by <em>hand</em> &amp; fired twice.</p>',
  vendor: 'Clayworks',
  product_type: 'Pot',
  tags: ['clay'],
  currency: 'USD',
  price_min_amount: 1290,
  price_max_amount: 2490,
  in_stock: true,
  rating_average: 4.5,
  rating_count: 2,
  categories: [{ id: 'c-1', name: 'Kitchen', slug: 'kitchen' }],
  options: [
    { name: 'Size', values: ['Small', 'Large'] },
    { name: 'Glaze', values: ['Sand', 'Ash'] },
  ],
  variants: [
    variant('1', ['Small', 'Sand']),
    variant('2', ['Small', 'Ash'], { stock_state: 'low', available: 3 }),
    variant('3', ['Large', 'Sand'], { stock_state: 'out', available: 0, price_amount: 2490, compare_at_amount: 2990 }),
  ],
  variant_count: 3,
  images: [IMAGE, { ...IMAGE, url: '/media/pot-2.webp' }],
  seo_title: null,
  seo_description: null,
  created_at: '2026-11-01T00:00:00Z',
  updated_at: '2026-11-01T00:00:00Z',
};

export const REVIEWS = {
  items: [
    {
      id: 'r-1',
      product_id: 'p-1',
      author: 'Lena F.',
      rating: 5,
      title: 'Sturdy',
      body: 'Has not cracked yet.',
      images: [{ ...IMAGE, url: '/media/review.webp' }],
      is_verified: true,
      helpful_count: 2,
      unhelpful_count: 0,
      reply: { body: 'Thank you!', replied_at: '2026-11-05T00:00:00Z' },
      version: 1,
      created_at: '2026-11-03T00:00:00Z',
      updated_at: '2026-11-03T00:00:00Z',
    },
  ],
  next_cursor: 'more-reviews',
  summary: { rating_average: 4.5, rating_count: 2, histogram: { 1: 0, 2: 0, 3: 0, 4: 1, 5: 1 } },
};

const LINE = {
  id: 'l-1',
  variant_id: PRODUCT.variants[0]?.id ?? '',
  product_id: 'p-1',
  product_slug: 'clay-pot',
  name: 'Clay Pot',
  variant_title: 'Small / Sand',
  sku: 'POT-1',
  image_url: '/media/pot.webp',
  quantity: 2,
  price_at_time: 1290,
  unit_amount: 1490,
  amount: 2980,
  discount_amount: 0,
  tax_amount: 0,
  total_amount: 2980,
  available: 1,
  problems: [] as string[],
};

export const CART = {
  id: 'cart-1',
  token: 'guest-token',
  expires_at: null,
  currency: 'USD',
  items: [LINE],
  item_count: 2,
  has_problems: false,
  coupons: [] as object[],
  destination: null,
  shipping_state: 'unknown',
  shipping_quotes: [],
  is_tax_known: false,
  prices_include_tax: false,
  subtotal_amount: 2980,
  shipping_amount: 0,
  tax_amount: 0,
  discount_amount: 0,
  total_amount: 2980,
};

/** A legal page that the operator wrote, in either language. */
const legalPage = ({ path, query }: Call) => {
  const name = path.split('/').at(-1) ?? '';
  if (!['imprint', 'terms', 'privacy', 'returns'].includes(name)) return problem(404, 'legal_text_not_found');
  const title = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  return query.get('language') === 'en'
    ? { title, html: '<h2>What it is about</h2><p>Words.</p><h2>Who says so</h2><p>We do.</p>' }
    : { title: '说明', html: '<h2>内容</h2><p>文字。</p><h2>由谁说明</h2><p>本店。</p>' };
};

export const SHOP = {
  'GET /site': FIRST_FACTS,
  'GET /site/legal/*': legalPage,
  'GET /categories': CATEGORIES,
  'GET /products': LIST,
  'GET /products/search': { items: [POT], next_cursor: null, exact: false },
  'GET /products/search/suggestions': {
    items: [
      { kind: 'product', text: 'Clay Pot', slug: 'clay-pot' },
      { kind: 'category', text: 'Kitchen', slug: 'kitchen' },
      { kind: 'vendor', text: 'Clayworks', slug: null },
    ],
  },
  'GET /products/clay-pot': PRODUCT,
  'GET /products/clay-pot/reviews': REVIEWS,
  'GET /products/clay-pot/recommendations': { items: [GAIWAN], next_cursor: null },
};
