import { problem } from '@sharestack/testing/api.ts';
import { expectAccessible } from '@sharestack/testing/axe.ts';
import { addDialogs } from '@sharestack/testing/dialogs.ts';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeAll, expect, test } from 'vitest';
import { openAdmin } from '../../testing/open.tsx';
import { parseProductsSearch } from './search.ts';

beforeAll(addDialogs);

const product = (name: string, more: object = {}) => ({
  id: name,
  name,
  vendor: 'Pottery',
  currency: 'USD',
  price_min_amount: 999,
  price_max_amount: 999,
  image: null,
  in_stock: true,
  is_active: true,
  updated_at: '2026-11-30T05:24:46Z',
  ...more,
});
const TREE = {
  items: [
    { id: 'c-1', slug: 'home', name: 'Home', children: [{ id: 'c-2', slug: 'pots', name: 'Pots', children: [] }] },
  ],
};
const POTS = [
  product('Clay Pot', { price_max_amount: 1999 }),
  product('Glass Jar', { is_active: false, in_stock: false }),
];
const STAFF = { permissions: ['catalog:read_all', 'catalog:write'] };
const LIST = {
  'GET /admin/products': { items: POTS, next_cursor: null },
  'GET /categories': TREE,
};

test('products are found by what the address says, and the address follows the filters', async () => {
  const { asked, history } = await openAdmin('/admin/products?q=pot&active=no&stock=low&sort=name', LIST, STAFF);
  expect(await screen.findByRole('link', { name: 'Clay Pot' })).toBeTruthy();
  const first = asked('GET /admin/products')[0]?.query;
  expect(['q', 'active', 'low', 'sort'].map((name) => first?.get(name))).toEqual(['pot', 'false', 'true', 'name']);
  expect(screen.getByRole('cell', { name: /9.99 – .*19.99/ })).toBeTruthy();
  await expectAccessible();
  await userEvent.selectOptions(screen.getByLabelText('Category'), 'Home / Pots');
  await waitFor(() => expect(asked('GET /admin/products').at(-1)?.query.get('category')).toBe('pots'));
  expect(history.location.search).toContain('category=pots');
  expect(history.location.search).toContain('sort=name');
});

test('several are changed after a look at what will happen, and what was refused stays chosen', async () => {
  const { asked } = await openAdmin(
    '/admin/products',
    {
      ...LIST,
      'POST /admin/products/changes': {
        results: [
          { id: 'Clay Pot', outcome: 'done' },
          { id: 'Glass Jar', outcome: 'refused', code: 'product_not_found', detail: 'There is no such product' },
        ],
      },
    },
    STAFF,
  );
  await userEvent.click(await screen.findByRole('button', { name: 'Choose all 2 that are loaded' }));
  await userEvent.click(screen.getByRole('button', { name: 'Add a tag' }));
  const dialog = within(screen.getByRole('dialog', { name: 'Add a tag' }));
  const run = dialog.getByRole('button', { name: 'Add a tag' });
  expect(run.hasAttribute('disabled')).toBe(true);
  await userEvent.type(dialog.getByLabelText('Tag'), 'autumn');
  expect(dialog.getByText('2 items will change:')).toBeTruthy();
  expect(dialog.getAllByText('+ autumn')).toHaveLength(2);
  await expectAccessible();
  await userEvent.click(run);
  expect(await dialog.findByText('1 item done · 1 item refused')).toBeTruthy();
  expect(dialog.getByText('There is no such product')).toBeTruthy();
  const [call] = asked('POST /admin/products/changes');
  expect(call?.body).toEqual({ ids: ['Clay Pot', 'Glass Jar'], change: { add_tags: ['autumn'] }, delete: false });
  expect(call?.headers.get('idempotency-key')).toBeTruthy();
  await userEvent.click(dialog.getAllByRole('button', { name: 'Close' }).at(-1) as HTMLElement);
  expect(screen.getByText('1 chosen')).toBeTruthy();
  await waitFor(() => expect(asked('GET /admin/products').length).toBeGreaterThan(1));
});

test.each([
  ['Put on sale', '1 item will change:', { change: { is_active: true } }],
  ['Take off sale', '1 item will change:', { change: { is_active: false } }],
  ['Remove a tag', '2 items will change:', { change: { remove_tags: ['old'] } }],
  ['Move to a category', '2 items will change:', { change: { category_id: 'c-2' } }],
  ['Delete', '2 items will change:', { delete: true }],
])('bulk: %s', async (name, says, body) => {
  const { asked } = await openAdmin(
    '/admin/products',
    { ...LIST, 'POST /admin/products/changes': () => problem(403, 'permission_denied') },
    STAFF,
  );
  await userEvent.click(await screen.findByRole('checkbox', { name: 'Choose Clay Pot' }));
  await userEvent.click(screen.getByRole('checkbox', { name: 'Choose Glass Jar' }));
  await userEvent.click(screen.getByRole('button', { name }));
  const dialog = within(screen.getByRole('dialog', { name }));
  const [field] = [...dialog.queryAllByRole('textbox'), ...dialog.queryAllByRole('combobox')];
  if (field instanceof HTMLSelectElement) await userEvent.selectOptions(field, 'Home / Pots');
  else if (field) await userEvent.type(field, 'old');
  expect(dialog.getByText(says)).toBeTruthy();
  await userEvent.click(dialog.getByRole('button', { name }));
  expect(await dialog.findByText('You may not do this any more.')).toBeTruthy();
  expect(asked('POST /admin/products/changes')[0]?.body).toMatchObject(body);
});

test('who may only read sees no way to change anything', async () => {
  await openAdmin('/admin/products', LIST, { permissions: ['catalog:read_all'] });
  expect(await screen.findByRole('link', { name: 'Clay Pot' })).toBeTruthy();
  expect(screen.queryByRole('link', { name: 'New product' })).toBeNull();
  expect(screen.queryByRole('checkbox', { name: 'Choose Clay Pot' })).toBeNull();
});

test('an address is read as far as it makes sense', () => {
  expect(parseProductsSearch({ q: 12, active: 'maybe', sort: 'newest', stock: 'out', vendor: ' a ' })).toEqual({
    q: '12',
    vendor: 'a',
    stock: 'out',
  });
});
