import { problem } from '@sharestack/testing/api.ts';
import { expectAccessible } from '@sharestack/testing/axe.ts';
import { addDialogs } from '@sharestack/testing/dialogs.ts';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { openAdmin } from '../../testing/open.tsx';

const variant = (id: string, size: string, more: object = {}) => ({
  id,
  version: 1,
  sku: `shirt-${size}`,
  barcode: null,
  option_values: [size],
  price_amount: 1000,
  compare_at_amount: null,
  weight_grams: 0,
  requires_shipping: true,
  taxable: true,
  image_url: null,
  stock: 5,
  reserved: 0,
  allow_backorder: false,
  low_stock_threshold: 5,
  ...more,
});
const VARIANTS = [variant('v-1', 'S'), variant('v-2', 'M')];
const image = (name: string) => ({ url: `https://pictures.example/${name}.jpg`, alt: name, variants: [] });
const SHIRT = {
  id: 'p-1',
  version: 1,
  slug: 'shirt',
  name: 'Shirt',
  description: '<p>Linen</p>',
  vendor: '',
  product_type: '',
  tags: ['linen'],
  category_id: 'c-1',
  currency: 'USD',
  option_names: ['Size'],
  variants: VARIANTS,
  variant_count: 2,
  images: [image('front'), image('back')],
  seo_title: null,
  seo_description: null,
  is_active: true,
  created_at: '2026-11-30T05:24:46Z',
  updated_at: '2026-11-30T05:24:46Z',
};
const ROOM = '/admin/products/p-1';
const ONE = 'GET /admin/products/p-1';
const PATCH = 'PATCH /admin/products/p-1';
const STAFF = { permissions: ['catalog:read_all', 'catalog:write'] };
const API = {
  [ONE]: SHIRT,
  'GET /admin/products/p-1/variants': { items: VARIANTS, next_cursor: null },
  'GET /categories': { items: [{ id: 'c-1', slug: 'home', name: 'Home', children: [] }] },
  'GET /site': { currency: 'USD', currencies: [{ code: 'USD' }, { code: 'JPY' }] },
  'GET /admin/products': { items: [], next_cursor: null },
};

/** `XMLHttpRequest` as far as an upload needs it: half of the file, then all of it. */
class Upload {
  static finish: () => void = () => undefined;
  upload: { onprogress?: (event: object) => void } = {};
  status = 204;
  onload?: () => void;
  onerror?: () => void;
  open() {}
  send() {
    this.upload.onprogress?.({ loaded: 1, total: 2 });
    Upload.finish = () => this.onload?.();
  }
}

beforeAll(addDialogs);
beforeEach(() => {
  vi.stubGlobal('XMLHttpRequest', Upload);
  URL.createObjectURL = () => `blob:${Math.random()}`;
  URL.revokeObjectURL = () => undefined;
});

const region = async (name: string) => within(await screen.findByRole('region', { name }));

test('a product is opened in parts, and one part is saved by itself', async () => {
  const { asked } = await openAdmin(
    ROOM,
    { ...API, [PATCH]: ({ body }: { body: object }) => ({ ...SHIRT, ...body, version: 2 }) },
    STAFF,
  );
  expect(await screen.findByRole('heading', { level: 1, name: 'Shirt' })).toBeTruthy();
  const details = await region('Details');
  const name = await details.findByLabelText('Name');
  expect((await screen.findAllByRole('rowheader')).map((cell) => cell.textContent)).toEqual(['S', 'M']);
  await expectAccessible();
  await userEvent.clear(name);
  await userEvent.type(name, 'Blouse');
  await userEvent.clear(details.getByLabelText(/^Description/));
  await userEvent.click(details.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(asked(PATCH)).toHaveLength(1));
  expect(asked(PATCH)[0]?.body).toMatchObject({ version: 1, name: 'Blouse', description: '', tags: ['linen'] });
  expect(asked(PATCH)[0]?.body).not.toHaveProperty('variants');
  expect(await screen.findByRole('heading', { level: 1, name: 'Blouse' })).toBeTruthy();
  await userEvent.type(name, 's');
  await userEvent.click(details.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(asked(PATCH)[1]?.body).toMatchObject({ version: 2, name: 'Blouses' }));
});

test('what somebody else changed in other fields is in nobody’s way; in the same ones both are shown', async () => {
  let stored: Omit<typeof SHIRT, 'seo_title'> = { ...SHIRT, version: 3, seo_title: 'Theirs' } as never;
  const { asked } = await openAdmin(
    ROOM,
    {
      ...API,
      [ONE]: () => (asked(PATCH).length === 0 ? SHIRT : stored),
      [PATCH]: ({ body }: { body: { version: number } }) =>
        body.version === stored.version
          ? { ...stored, ...body, version: body.version + 1 }
          : problem(409, 'version_conflict'),
    },
    STAFF,
  );
  const details = await region('Details');
  await userEvent.type(await details.findByLabelText('Name'), ' I');
  await userEvent.click(details.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(asked(PATCH).map(({ body }) => (body as { version: number }).version)).toEqual([1, 3]));
  expect(screen.queryByRole('dialog')).toBeNull();
  stored = { ...SHIRT, version: 9, name: 'Their shirt' };
  await userEvent.type(details.getByLabelText('Name'), 'I');
  await userEvent.click(details.getByRole('button', { name: 'Save' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Somebody else changed this' }));
  expect(dialog.getByRole('row', { name: 'Name Shirt II Their shirt' })).toBeTruthy();
  await userEvent.click(dialog.getByRole('button', { name: 'Keep mine' }));
  await waitFor(() => expect(asked(PATCH).at(-1)?.body).toMatchObject({ version: 9, name: 'Shirt II' }));
});

test('pictures are ordered by the keyboard and by dragging, described, uploaded and saved together', async () => {
  const { asked } = await openAdmin(
    ROOM,
    {
      ...API,
      'POST /media/uploads': {
        media: { id: 'm-1' },
        upload: { url: 'https://storage.example/', fields: { key: 'k' } },
      },
      'GET /media/m-1': { id: 'm-1', status: 'ready' },
      [PATCH]: () => ({ ...SHIRT, version: 2, images: [image('new')] }),
    },
    STAFF,
  );
  const pictures = await region('Pictures');
  await userEvent.click(await pictures.findByRole('button', { name: 'Move picture 1 back' }));
  expect(pictures.getByRole('status').textContent).toBe('Now picture 2 of 2');
  const file = new File(['x'], 'new.png', { type: 'image/png' });
  await userEvent.upload(pictures.getByLabelText('Add pictures'), [file]);
  expect(await pictures.findByText('Uploading, 50%')).toBeTruthy();
  expect(pictures.getByRole('button', { name: 'Save pictures' }).hasAttribute('disabled')).toBe(true);
  Upload.finish();
  const rows = () => pictures.getAllByRole('listitem');
  const carried: Record<string, string> = {};
  const dataTransfer = {
    types: ['text/x-place'],
    files: [],
    setData: (type: string, value: string) => Object.assign(carried, { [type]: value }),
    getData: (type: string) => carried[type] ?? '',
  };
  fireEvent.dragStart(rows()[2] as HTMLElement, { dataTransfer });
  fireEvent.dragOver(rows()[0] as HTMLElement, { dataTransfer });
  fireEvent.drop(rows()[0] as HTMLElement, { dataTransfer });
  const first = within(rows()[0] as HTMLElement).getByRole('textbox');
  await userEvent.type(first, 'In the sun');
  await waitFor(() =>
    expect(pictures.getByRole('button', { name: 'Save pictures' }).hasAttribute('disabled')).toBe(false),
  );
  await userEvent.click(pictures.getByRole('button', { name: 'Remove picture 3' }));
  await expectAccessible();
  await userEvent.click(pictures.getByRole('button', { name: 'Save pictures' }));
  await waitFor(() => expect(asked(PATCH)).toHaveLength(1));
  expect(asked(PATCH)[0]?.body).toEqual({
    version: 1,
    images: [
      { media_id: 'm-1', alt: 'In the sun' },
      { url: 'https://pictures.example/back.jpg', alt: 'back' },
    ],
  });
  expect(await screen.findByText('The pictures were saved')).toBeTruthy();
});

test('a picture that does not come through says why, and can be tried again', async () => {
  let isDown = true;
  await openAdmin(
    ROOM,
    {
      ...API,
      'POST /media/uploads': () =>
        isDown
          ? problem(503, 'unavailable')
          : { media: { id: 'm-1' }, upload: { url: 'https://s.example/', fields: {} } },
      'GET /media/m-1': { id: 'm-1', status: 'rejected', reason: 'unreadable' },
    },
    STAFF,
  );
  const pictures = await region('Pictures');
  const drop = {
    files: [new File(['x'], 'a.txt', { type: 'text/plain' }), new File(['x'], 'a.png', { type: 'image/png' })],
  };
  fireEvent.drop(pictures.getByRole('list'), { dataTransfer: drop });
  expect(await pictures.findByText('Files of this kind cannot be shown')).toBeTruthy();
  const again = await pictures.findByRole('button', { name: 'Try again' });
  isDown = false;
  await userEvent.click(again);
  await pictures.findByText('Uploading, 50%');
  Upload.finish();
  expect(await pictures.findByText('The picture cannot be opened')).toBeTruthy();
});

test('pictures that somebody else changed are not replaced before one was asked', async () => {
  const now = { ...SHIRT, version: 5, images: [image('theirs')] };
  const { asked } = await openAdmin(
    ROOM,
    { ...API, [ONE]: () => (asked(PATCH).length ? now : SHIRT), [PATCH]: () => problem(409, 'version_conflict') },
    STAFF,
  );
  const pictures = await region('Pictures');
  await userEvent.click(await pictures.findByRole('button', { name: 'Remove picture 2' }));
  await userEvent.click(pictures.getByRole('button', { name: 'Save pictures' }));
  await userEvent.click(await pictures.findByRole('button', { name: 'Take what is there' }));
  expect(pictures.getAllByRole('textbox').map((field) => (field as HTMLInputElement).value)).toEqual(['theirs']);
});

test('one variant of many is found, edited and saved by itself', async () => {
  const path = '/admin/products/p-1/variants/v-2';
  const { asked, history } = await openAdmin(
    `${ROOM}?sku=shirt`,
    { ...API, [`PATCH ${path}`]: { ...VARIANTS[1], version: 2 } },
    STAFF,
  );
  const list = 'GET /admin/products/p-1/variants';
  const variants = await region('Variants');
  await userEvent.click(await variants.findByRole('button', { name: 'Edit M' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Edit M' }));
  await expectAccessible();
  const price = dialog.getByLabelText(/^Price \(USD\)/);
  await userEvent.clear(price);
  await userEvent.type(price, '7.50');
  await userEvent.click(dialog.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  const [call] = asked(`PATCH ${path}`);
  expect(call?.body).toMatchObject({ version: 1, price_amount: 750, option_values: ['M'] });
  expect(call?.body).not.toHaveProperty('stock');
  expect(asked(list)[0]?.query.get('sku')).toBe('shirt');
  expect(asked(list)[0]?.query.get('limit')).toBe('50');
  await userEvent.type(variants.getByLabelText('Size'), 'M{Enter}');
  await waitFor(() => expect(asked(list).at(-1)?.query.get('option.Size')).toBe('M'));
  expect(history.location.search).toContain('o1=M');
});

test('a variant is deleted after it was asked for, and why it cannot be is said', async () => {
  const path = 'DELETE /admin/products/p-1/variants/v-1';
  let isLast = true;
  const { asked } = await openAdmin(
    ROOM,
    { ...API, [path]: () => (isLast ? problem(409, 'last_variant') : new Response(null, { status: 204 })) },
    STAFF,
  );
  await userEvent.click(await screen.findByRole('button', { name: 'Edit S' }));
  const dialog = within(screen.getByRole('dialog', { name: 'Edit S' }));
  await userEvent.click(dialog.getByRole('button', { name: 'Delete this variant' }));
  expect(asked(path)).toHaveLength(0);
  await userEvent.click(dialog.getByRole('button', { name: 'Delete' }));
  expect(await dialog.findByText('A product has at least one variant.')).toBeTruthy();
  isLast = false;
  await userEvent.click(dialog.getByRole('button', { name: 'Delete' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
});

test.each([
  ['Set the price', '7', 'USD', { price_amount: 700 }],
  ['Set the price before', '20', 'USD', { compare_at_amount: 2000 }],
  ['Set when stock is low', '9', '5 → 9', { low_stock_threshold: 9 }],
  ['Sell when there is none', '', 'Sell when', { allow_backorder: true }],
])('many variants at once: %s', async (name, typed, shown, change) => {
  const path = 'POST /admin/products/p-1/variants/changes';
  const results = VARIANTS.map(({ id }) => ({ id, outcome: 'done' }));
  const { asked } = await openAdmin(ROOM, { ...API, [path]: { results } }, STAFF);
  await userEvent.click(await screen.findByRole('button', { name: 'Choose all 2 that are loaded' }));
  await userEvent.click(screen.getByRole('button', { name }));
  const dialog = within(screen.getByRole('dialog', { name }));
  if (typed) await userEvent.type(dialog.getByRole('textbox'), typed);
  expect(dialog.getAllByText(new RegExp(shown)).length).toBeGreaterThan(1);
  await userEvent.click(dialog.getByRole('button', { name }));
  expect(await dialog.findByText('2 items done')).toBeTruthy();
  expect(asked(path)[0]?.body).toEqual({ ids: ['v-1', 'v-2'], change, delete: false });
});

test('variants are added as combinations, a hundred at a time, without those that are there', async () => {
  const path = 'POST /admin/products/p-1/variants';
  const { asked } = await openAdmin(ROOM, { ...API, [path]: { items: [] } }, STAFF);
  await userEvent.click(await screen.findByRole('button', { name: 'Add variants' }));
  const dialog = within(screen.getByRole('dialog', { name: 'Add variants' }));
  await userEvent.click(dialog.getByLabelText(/Values of Size/));
  await userEvent.paste(['S', ...Array.from({ length: 101 }, (_, index) => `N${index}`)].join('\n'));
  await expectAccessible();
  await userEvent.click(dialog.getByRole('button', { name: 'Add variants' }));
  expect(await screen.findByText('101 variants added')).toBeTruthy();
  const sent = asked(path).map(({ body }) => (body as { variants: { option_values: string[] }[] }).variants);
  expect(sent.map(({ length }) => length)).toEqual([100, 1]);
  expect(sent[0]?.[0]).toMatchObject({ option_values: ['N0'], price_amount: 1000 });
});

test('another option goes to every variant, and asks for a value', async () => {
  const { asked } = await openAdmin(ROOM, { ...API, [PATCH]: { ...SHIRT, version: 2 } }, STAFF);
  const options = await region('Options');
  await userEvent.type(await options.findByLabelText(/Names of the options/), '\nColour');
  await userEvent.click(options.getByRole('button', { name: 'Save' }));
  expect(await options.findByText('Please write a value for the new option.')).toBeTruthy();
  await userEvent.type(options.getByLabelText(/Value of a new option/), 'Blue');
  await userEvent.click(options.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(asked(PATCH)).toHaveLength(1));
  const body = asked(PATCH)[0]?.body as { option_names: string[]; variants: { option_values: string[] }[] };
  expect(body.option_names).toEqual(['Size', 'Colour']);
  expect(body.variants.map(({ option_values }) => option_values)).toEqual([
    ['S', 'Blue'],
    ['M', 'Blue'],
  ]);
  expect(body.variants[0]).not.toHaveProperty('reserved');
});

test('a product is deleted after it was asked for', async () => {
  const { asked, history } = await openAdmin(
    ROOM,
    { ...API, 'DELETE /admin/products/p-1': new Response(null, { status: 204 }) },
    STAFF,
  );
  await userEvent.click(await screen.findByRole('button', { name: 'Delete' }));
  const dialog = within(screen.getByRole('dialog', { name: 'Delete the product' }));
  expect(dialog.getByText(/Orders keep their lines/)).toBeTruthy();
  await userEvent.click(dialog.getByRole('button', { name: 'Delete' }));
  await waitFor(() => expect(history.location.pathname).toBe('/admin/products'));
  expect(asked('DELETE /admin/products/p-1')).toHaveLength(1);
});

test('a new product needs a name and a price, and is opened once it is there', async () => {
  const { asked, history } = await openAdmin(
    '/admin/products/new',
    { ...API, 'POST /admin/products': () => ({ ...SHIRT, id: 'p-1' }) },
    STAFF,
  );
  const form = within(await screen.findByRole('form', { name: 'New product' }));
  await userEvent.click(form.getByRole('button', { name: 'Create the product' }));
  expect(form.getAllByText('Please fill this in.')).toHaveLength(2);
  await expectAccessible();
  await userEvent.type(form.getByLabelText('Name'), 'Shirt');
  await userEvent.selectOptions(form.getByLabelText('Currency'), 'JPY');
  await userEvent.type(form.getByLabelText(/^Price \(JPY\)/), '1200');
  await userEvent.click(form.getByRole('button', { name: 'Create the product' }));
  await waitFor(() => expect(history.location.pathname).toBe('/admin/products/p-1'));
  expect(asked('POST /admin/products')[0]?.body).toMatchObject({
    name: 'Shirt',
    currency: 'JPY',
    is_active: false,
    vendor: '',
    variants: [{ price_amount: 1200, stock: 0 }],
  });
});

test('who may only read sees everything and can change nothing', async () => {
  await openAdmin(ROOM, API, { permissions: ['catalog:read_all'] });
  const details = await region('Details');
  expect((await details.findByLabelText('Name')).matches(':disabled')).toBe(true);
  expect(await screen.findByRole('rowheader', { name: 'S' })).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Delete' })).toBeNull();
  expect(screen.queryByRole('button', { name: 'Edit S' })).toBeNull();
});
