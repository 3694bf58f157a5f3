import { problem } from '@sharestack/testing/api.ts';
import { expectAccessible } from '@sharestack/testing/axe.ts';
import { addDialogs } from '@sharestack/testing/dialogs.ts';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeAll, expect, test } from 'vitest';
import { openAdmin } from '../testing/open.tsx';
import { parseCouponsSearch, parseTaxesSearch } from './search.ts';
import { bandLines, bandsOf } from './written.ts';

beforeAll(addDialogs);

const STAFF = { permissions: ['pricing:read_all', 'pricing:write'] };
const READER = { permissions: ['pricing:read_all'] };
const API = {
  'GET /site': { currency: 'USD', currencies: [{ code: 'USD' }, { code: 'JPY' }] },
  'GET /categories': { items: [{ id: 'c-1', slug: 'books', name: 'Books', children: [] }] },
};
const page = (...items: object[]) => ({ items, next_cursor: null });
const gone = () => new Response(null, { status: 204 });

const coupon = (code: string, more: object = {}) => ({
  id: code,
  version: 3,
  code,
  description: '',
  kind: 'percentage',
  percent_basis_points: 1250,
  amount: null,
  buy_quantity: null,
  get_quantity: null,
  currency: null,
  minimum_subtotal_amount: null,
  starts_at: null,
  ends_at: null,
  total_limit: null,
  per_customer_limit: null,
  category_ids: ['c-1'],
  product_ids: [],
  is_combinable: false,
  is_active: true,
  redeemed_count: 7,
  created_at: '2026-11-30T05:24:46Z',
  updated_at: '2026-11-30T05:24:46Z',
  ...more,
});
const NONE = { percent_basis_points: null };
const COUPONS = [
  coupon('SPRING'),
  coupon('FIVE', { ...NONE, kind: 'fixed', amount: 500, currency: 'USD', total_limit: 9 }),
  coupon('THREE', { ...NONE, kind: 'buy_x_get_y', buy_quantity: 2, get_quantity: 1, is_active: false }),
  coupon('SHIP', { ...NONE, kind: 'free_shipping', ends_at: '2026-12-24T12:00:00Z' }),
];

test('coupons say what they give, and one is changed over the version that was read', async () => {
  const { asked } = await openAdmin(
    '/admin/coupons?active=yes',
    { ...API, 'GET /admin/coupons': page(...COUPONS), 'PUT /admin/coupons/SPRING': coupon('SPRING', { version: 4 }) },
    STAFF,
  );
  for (const said of ['12.5% off', '$5.00', '7 of 9', 'Buy 2, get 1']) {
    expect(await screen.findByRole('cell', { name: said })).toBeTruthy();
  }
  expect(asked('GET /admin/coupons')[0]?.query.get('active')).toBe('true');
  await userEvent.click(await screen.findByRole('button', { name: 'Edit SPRING' }));
  const dialog = within(screen.getByRole('dialog', { name: 'Edit SPRING' }));
  await expectAccessible();
  expect((dialog.getByLabelText(/^Only for categories/) as HTMLTextAreaElement).value).toBe('books');
  const percent = dialog.getByLabelText(/^Off \(%\)/);
  await userEvent.clear(percent);
  await userEvent.type(percent, '20');
  await userEvent.click(dialog.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(asked('PUT /admin/coupons/SPRING')[0]?.body).toMatchObject({
    version: 3,
    kind: 'percentage',
    percent_basis_points: 2000,
    amount: null,
    category_ids: ['c-1'],
  });
  await waitFor(() => expect(asked('GET /admin/coupons')).toHaveLength(2));
});

test('a new coupon has the fields of its kind, and what cannot be is said', async () => {
  let isTaken = true;
  const { asked } = await openAdmin(
    '/admin/coupons',
    {
      ...API,
      'GET /admin/coupons': page(),
      'POST /admin/coupons': () => (isTaken ? problem(409, 'coupon_code_taken') : coupon('TEN')),
    },
    STAFF,
  );
  expect(await screen.findByText('There are no coupons yet.')).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'New coupon' }));
  const dialog = within(screen.getByRole('dialog', { name: 'New coupon' }));
  await userEvent.selectOptions(dialog.getByLabelText('Kind'), 'Amount off');
  await userEvent.selectOptions(dialog.getByLabelText(/^Currency/), 'JPY');
  await userEvent.type(dialog.getByLabelText('Code'), 'TEN');
  await userEvent.type(dialog.getByLabelText('Amount (JPY)'), '1000');
  await userEvent.type(dialog.getByLabelText(/^Only for categories/), 'toys');
  await userEvent.click(dialog.getByRole('button', { name: 'Save' }));
  expect(await dialog.findByText('There is no category with the address toys.')).toBeTruthy();
  await userEvent.clear(dialog.getByLabelText(/^Only for categories/));
  await userEvent.click(dialog.getByRole('button', { name: 'Save' }));
  expect(await dialog.findByText('Another coupon has this code.')).toBeTruthy();
  isTaken = false;
  await userEvent.click(dialog.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(asked('POST /admin/coupons').at(-1)?.body).toMatchObject({
    code: 'TEN',
    kind: 'fixed',
    amount: 1000,
    currency: 'JPY',
    percent_basis_points: null,
    is_active: true,
  });
});

test('a coupon is deleted after it was asked for; a reader sees them and opens none', async () => {
  const answers = { ...API, 'GET /admin/coupons': page(COUPONS[3] as object), 'DELETE /admin/coupons/SHIP': gone };
  const { asked } = await openAdmin('/admin/coupons', answers, STAFF);
  await userEvent.click(await screen.findByRole('button', { name: 'Edit SHIP' }));
  const dialog = within(screen.getByRole('dialog', { name: 'Edit SHIP' }));
  await userEvent.click(dialog.getByRole('button', { name: 'Delete' }));
  expect(dialog.getByText(/SHIP will be deleted/)).toBeTruthy();
  await userEvent.click(dialog.getByRole('button', { name: 'Delete' }));
  await waitFor(() => expect(asked('DELETE /admin/coupons/SHIP')).toHaveLength(1));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
});

const ZONE = {
  id: 'z-1',
  version: 2,
  name: 'Germany',
  countries: ['DE'],
  regions: [],
  postal_prefixes: ['10'],
  is_active: true,
};
const rate = (name: string, more: object) => ({
  id: name,
  zone_id: 'z-1',
  version: 1,
  name,
  kind: 'flat',
  currency: 'USD',
  amount: 499,
  bands: [],
  free_from_amount: null,
  min_days: 2,
  max_days: 4,
  is_active: true,
  ...more,
});
const HEAVY = rate('Heavy', {
  kind: 'by_weight',
  amount: null,
  bands: [
    { up_to: 500, amount: 499 },
    { up_to: null, amount: 2000 },
  ],
});
const RATES = 'GET /admin/shipping/zones/z-1/rates';
const SHIPPING = {
  ...API,
  'GET /admin/shipping/zones': page(ZONE),
  'GET /admin/shipping/zones/z-1': ZONE,
  [RATES]: page(rate('Post', {}), HEAVY),
};

test('a zone is made, opened, changed and deleted', async () => {
  const { asked, history } = await openAdmin(
    '/admin/shipping',
    {
      ...SHIPPING,
      'POST /admin/shipping/zones': ZONE,
      'PUT /admin/shipping/zones/z-1': { ...ZONE, version: 3 },
      'DELETE /admin/shipping/zones/z-1': gone,
    },
    STAFF,
  );
  await userEvent.click(await screen.findByRole('button', { name: 'New zone' }));
  await userEvent.type(screen.getByLabelText('Name'), 'Nordic');
  await userEvent.type(screen.getByLabelText(/^Countries/), 'se\nfi');
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(asked('POST /admin/shipping/zones')[0]?.body).toEqual({
    name: 'Nordic',
    countries: ['SE', 'FI'],
    regions: [],
    postal_prefixes: [],
    is_active: true,
  });
  await userEvent.click(screen.getByRole('link', { name: 'Germany' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Edit Germany' }));
  await userEvent.click(screen.getByLabelText('In use'));
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(asked('PUT /admin/shipping/zones/z-1')[0]?.body).toMatchObject({ version: 2, is_active: false });
  await userEvent.click(screen.getByRole('button', { name: 'Edit Germany' }));
  await userEvent.click(screen.getByRole('button', { name: 'Delete' }));
  await userEvent.click(screen.getByRole('button', { name: 'Delete' }));
  await waitFor(() => expect(history.location.pathname).toBe('/admin/shipping'));
});

test('rates by weight are written as lines, and a line that cannot be read is told', async () => {
  const path = 'PUT /admin/shipping/zones/z-1/rates/Heavy';
  const post = 'POST /admin/shipping/zones/z-1/rates';
  const { asked } = await openAdmin('/admin/shipping/z-1', { ...SHIPPING, [path]: HEAVY, [post]: HEAVY }, STAFF);
  await userEvent.click(await screen.findByRole('button', { name: 'Edit Heavy' }));
  const dialog = within(screen.getByRole('dialog', { name: 'Edit Heavy' }));
  await expectAccessible();
  const bands = dialog.getByLabelText(/^Bands/) as HTMLTextAreaElement;
  expect(bands.value).toBe('500 = 4.99\n= 20.00');
  await userEvent.clear(bands);
  await userEvent.type(bands, '1000 = five');
  await userEvent.click(dialog.getByRole('button', { name: 'Save' }));
  expect(await dialog.findByText('“1000 = five” cannot be read.')).toBeTruthy();
  await userEvent.clear(bands);
  await userEvent.type(bands, '1000 = 5');
  await userEvent.click(dialog.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(asked(path)[0]?.body).toMatchObject({ version: 1, amount: null, bands: [{ up_to: 1000, amount: 500 }] });
  await userEvent.click(screen.getByRole('button', { name: 'New rate' }));
  await userEvent.type(screen.getByLabelText('Name'), 'Express');
  await userEvent.type(screen.getByLabelText('Price (USD)'), '9');
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(asked(post)[0]?.body).toMatchObject({ kind: 'flat', amount: 900, bands: [] }));
});

const TAX = {
  id: 't-1',
  version: 5,
  name: 'VAT',
  country: 'DE',
  region: '',
  rate_basis_points: 1900,
  prices_include_tax: true,
  shipping_taxable: true,
  category_rates: [{ category_id: 'c-1', rate_basis_points: 700 }],
  is_active: true,
};

test('a tax rate that somebody else changed meanwhile is compared', async () => {
  const theirs = { ...TAX, version: 6, rate_basis_points: 1600 };
  const path = 'PUT /admin/tax/rates/t-1';
  const { asked, history } = await openAdmin(
    '/admin/taxes',
    {
      ...API,
      'GET /admin/tax/rates': page(TAX),
      'GET /admin/tax/rates/t-1': theirs,
      [path]: ({ body }: { body: { version: number } }) =>
        body.version === 6 ? theirs : problem(409, 'version_conflict'),
    },
    STAFF,
  );
  expect(await screen.findByRole('cell', { name: '19%' })).toBeTruthy();
  await userEvent.click(await screen.findByRole('button', { name: 'Edit VAT' }));
  const dialog = within(screen.getByRole('dialog', { name: 'Edit VAT' }));
  expect((dialog.getByLabelText(/^Rates of categories/) as HTMLTextAreaElement).value).toBe('books = 7.00');
  const percent = dialog.getByLabelText('Rate (%)');
  await userEvent.clear(percent);
  await userEvent.type(percent, '20.5');
  await userEvent.click(dialog.getByRole('button', { name: 'Save' }));
  const conflict = within(await screen.findByRole('dialog', { name: 'Somebody else changed this' }));
  expect(conflict.getByRole('row', { name: 'Rate (%) 20.50 16.00' })).toBeTruthy();
  await userEvent.click(conflict.getByRole('button', { name: 'Keep mine' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(asked(path).at(-1)?.body).toMatchObject({ version: 6, rate_basis_points: 2050, country: 'DE' });
  await userEvent.type(screen.getByLabelText('Country (two letters)'), 'fr{Enter}');
  await waitFor(() => expect(asked('GET /admin/tax/rates').at(-1)?.query.get('country')).toBe('FR'));
  expect(history.location.search).toBe('?country=FR');
});

test('a new tax rate names categories by their address', async () => {
  const post = 'POST /admin/tax/rates';
  const { asked } = await openAdmin('/admin/taxes', { ...API, 'GET /admin/tax/rates': page(), [post]: TAX }, STAFF);
  await userEvent.click(await screen.findByRole('button', { name: 'New tax rate' }));
  const dialog = within(screen.getByRole('dialog', { name: 'New tax rate' }));
  await userEvent.type(dialog.getByLabelText('Name'), 'TVA');
  await userEvent.type(dialog.getByLabelText('Country (two letters)'), 'fr');
  await userEvent.type(dialog.getByLabelText('Rate (%)'), '20');
  const rates = dialog.getByLabelText(/^Rates of categories/);
  await userEvent.type(rates, 'toys = 5');
  await userEvent.click(dialog.getByRole('button', { name: 'Save' }));
  expect(await dialog.findByText('There is no category with the address toys.')).toBeTruthy();
  await userEvent.clear(rates);
  await userEvent.type(rates, 'books = 5.5');
  await userEvent.click(dialog.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(asked(post)).toHaveLength(1));
  expect(asked(post)[0]?.body).toMatchObject({
    country: 'FR',
    region: '',
    rate_basis_points: 2000,
    category_rates: [{ category_id: 'c-1', rate_basis_points: 550 }],
  });
});

test.each([
  ['/admin/coupons', 'SPRING'],
  ['/admin/taxes', 'VAT'],
  ['/admin/shipping/z-1', 'Post'],
])('who may only read opens nothing: %s', async (path, name) => {
  await openAdmin(
    path,
    { ...SHIPPING, 'GET /admin/coupons': page(...COUPONS), 'GET /admin/tax/rates': page(TAX) },
    READER,
  );
  expect(await screen.findByRole('rowheader', { name })).toBeTruthy();
  expect(screen.queryByRole('button', { name: /^(Edit|New)/ })).toBeNull();
});

test('addresses and bands are read as far as they make sense', () => {
  expect(parseCouponsSearch({ code: 'a b', active: 'maybe' })).toEqual({});
  expect(parseTaxesSearch({ country: 'deu' })).toEqual({});
  const bands = [{ up_to: 5000, amount: 1 }];
  expect(bandsOf(bandLines(bands, 'amount', 'USD'), 'amount', 'USD', Error)).toEqual(bands);
  expect(() => bandsOf(['1 = 2 = 3'], 'grams', 'USD', Error)).toThrow('1 = 2 = 3');
});
