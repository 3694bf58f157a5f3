const ADDRESS = {
  name: 'Ada Hughes',
  company: null,
  line1: '1 Mill Lane',
  line2: null,
  city: 'Bristol',
  region: null,
  postal_code: 'BS1 4DJ',
  country: 'GB',
  phone: null,
};

export const POT_LINE = {
  id: 'i-1',
  variant_id: '0198c2a4-7b1e-7c3a-9d2f-5e8a41c7b6d0',
  product_id: 'p-1',
  name: 'Clay Pot',
  variant_title: 'Small / Sand',
  sku: 'POT-1',
  product_slug: 'clay-pot' as string | null,
  image_url: '/media/pot.webp',
  requires_shipping: true,
  quantity: 2,
  unit_amount: 1290,
  amount: 2580,
  discount_amount: 258,
  tax_amount: 0,
  tax_rate_basis_points: 0,
  total_amount: 2322,
  refunded_quantity: 0,
  handed_over_quantity: 0,
  remaining_quantity: 2,
};

export const BOOK_LINE = {
  ...POT_LINE,
  id: 'i-2',
  name: 'A Year of Bread',
  variant_title: '',
  product_slug: null,
  requires_shipping: false,
  quantity: 1,
  amount: 1200,
  total_amount: 1200,
};

const placed = {
  kind: 'status',
  status: 'pending',
  before: null,
  actor: 'customer',
  reference: null,
  amount: null,
  created_at: '2026-11-20T10:00:00Z',
};

/** An order of two pots that is paid and not yet shipped. */
export const ORDER = {
  id: 'o-1',
  number: 'ABCDE-FGHJK',
  status: 'paid',
  state: 'open',
  payment_status: 'paid',
  fulfilment_status: 'unfulfilled',
  version: 2,
  email: 'ada@example.com',
  currency: 'USD',
  items: [POT_LINE] as object[],
  coupons: [{ code: 'SPRING', discount_amount: 258, shipping_discount_amount: 0 }],
  subtotal_amount: 2580,
  shipping_amount: 490,
  tax_amount: 120,
  discount_amount: 258,
  total_amount: 2932,
  prices_include_tax: false,
  shipping_method: 'Standard',
  shipping_address: ADDRESS,
  billing_address: null as object | null,
  shipments: [] as object[],
  checkout_id: '0198c2a4-7b1e-7c3a-9d2f-5e8a41c7b6d1',
  payment: {
    id: 'pay-1',
    status: 'succeeded',
    method: { type: 'card', brand: 'visa', last4: '4242', wallet: null },
  } as object | null,
  payable_until: null as string | null,
  created_at: '2026-11-20T10:00:00Z',
  paid_at: '2026-11-20T10:01:00Z' as string | null,
  cancelled_at: null as string | null,
  timeline: [
    placed,
    { ...placed, status: 'paid', before: 'pending', actor: 'payment', created_at: '2026-11-20T10:01:00Z' },
  ] as object[],
};

export const UNPAID = {
  ...ORDER,
  status: 'pending',
  payment_status: 'unpaid',
  paid_at: null,
  payment: { id: 'pay-1', status: 'requires_payment', method: null },
  payable_until: new Date(Date.now() + 600_000).toISOString(),
  timeline: [placed],
};

export const PARCEL = {
  id: 's-1',
  order_id: 'o-1',
  status: 'delivered',
  version: 2,
  carrier: 'dhl',
  tracking_number: '00340434161094022115',
  tracking_url: 'https://carrier.example/?id=00340434161094022115',
  lines: [{ order_item_id: 'i-1', quantity: 2 }],
  shipped_at: '2026-11-21T09:00:00Z',
  delivered_at: '2026-11-23T12:00:00Z' as string | null,
};

export const DELIVERED = {
  ...ORDER,
  status: 'delivered',
  state: 'completed',
  fulfilment_status: 'delivered',
  items: [{ ...POT_LINE, handed_over_quantity: 2, remaining_quantity: 0 }] as object[],
  shipments: [PARCEL] as object[],
};

export const RETURN = {
  id: 'r-1',
  order_id: 'o-1',
  order_number: 'ABCDE-FGHJK',
  status: 'approved',
  version: 2,
  lines: [{ order_item_id: 'i-1', quantity: 1, reason: 'damaged', restocked: null, refund_amount: null }],
  refund_amount: null as number | null,
  note: 'The rim is chipped.',
  decision_note: 'Send it to 12 Kiln Lane.',
  created_at: '2026-11-24T09:00:00Z',
  decided_at: '2026-11-24T12:00:00Z',
  received_at: null,
};

export const RETURNABLE = [{ order_item_id: 'i-1', quantity: 2, until: '2026-12-23T12:00:00Z' }];
