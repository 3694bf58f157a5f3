import { CART, SHOP } from './fixtures.ts';

export const CHECKOUT_ID = '01a22c28-3d4d-7117-a8d6-a3080ff9e692';
export const PAYMENT_ID = '01a22c28-3d4d-7117-a8d6-a3080ff9e693';
export const ORDER_ID = '01a22c28-3d4d-7117-a8d6-a3080ff9e694';
const CARD_RATE = '01a22c28-3d4d-7117-a8d6-a3080ff9e695';
export const EXPRESS_RATE = '01a22c28-3d4d-7117-a8d6-a3080ff9e696';

export const ADDRESS = {
  name: 'Ada Hughes',
  line1: '1 Quay Street',
  city: 'Galway',
  region: null,
  postal_code: 'H91 E9XA',
  country: 'IE',
};

const country = (code: string, more: object = {}) => ({
  code,
  is_delivered: true,
  has_regions: true,
  needs_region: false,
  needs_postal_code: false,
  ...more,
});

export const SITE = { countries: [country('IE'), country('DE'), country('US', { needs_region: true })] };

/** A cart whose lines are as they were, estimated for a place. */
export const FINE_CART = {
  ...CART,
  items: CART.items.map((item) => ({ ...item, problems: [] })),
  shipping_state: 'quoted',
  shipping_quotes: [
    { rate_id: CARD_RATE, name: 'Standard', amount: 500, min_days: 2, max_days: 4 },
    { rate_id: EXPRESS_RATE, name: 'Express', amount: 1500, min_days: 1, max_days: 1 },
  ],
  shipping_amount: 500,
  is_tax_known: true,
  total_amount: 3480,
};

export const CHECKOUT = {
  id: CHECKOUT_ID,
  status: 'open',
  email: 'ada@example.com',
  currency: 'USD',
  lines: [{ ...CART.items[0], variant_id: CART.items[0]?.variant_id }],
  coupons: [],
  prices_include_tax: false,
  subtotal_amount: 2980,
  shipping_amount: 500,
  tax_amount: 0,
  discount_amount: 0,
  total_amount: 3480,
  shipping_rate_id: CARD_RATE,
  shipping_method: 'Standard',
  shipping_address: ADDRESS as object | null,
  billing_address: null as object | null,
  expires_at: new Date(Date.now() + 600_000).toISOString(),
  order_id: null as string | null,
  payment: null as object | null,
  next: { method: 'POST', path: '/api/v1/payments/intent' },
};

export const INTENT = {
  id: PAYMENT_ID,
  checkout_id: CHECKOUT_ID,
  provider: 'stripe',
  publishable_key: 'pk_test_1',
  client_secret: 'pi_1_secret_x',
  amount: 3480,
  currency: 'USD',
  status: 'requires_payment',
};

export const PAYMENT = {
  id: PAYMENT_ID,
  checkout_id: CHECKOUT_ID,
  status: 'succeeded',
  failure_code: null,
  history: [],
};

/** A shop in which a guest's cart can be bought. */
export const CHECKOUT_SHOP = {
  ...SHOP,
  'GET /site': SITE,
  'GET /site/countries/*': { code: 'US', regions: [{ code: 'CA', name: 'California' }] },
  'GET /cart': FINE_CART,
  'POST /cart/checkout': CHECKOUT,
  'GET /checkouts/*': CHECKOUT,
  'POST /payments/intent': INTENT,
  'GET /payments/*': PAYMENT,
  'POST /orders': { id: ORDER_ID, token: 'order-token' },
};
