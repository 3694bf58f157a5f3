import { problem } from '@sharestack/testing/api.ts';
import { expectAccessible } from '@sharestack/testing/axe.ts';
import { addDialogs } from '@sharestack/testing/dialogs.ts';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeAll, expect, test } from 'vitest';
import { openAdmin } from '../../testing/open.tsx';

beforeAll(addDialogs);

const node = (id: string, name: string, children: object[] = []) => ({
  id,
  name,
  slug: name.toLowerCase(),
  former_slugs: [],
  product_count: 3,
  children,
});
const TREE = { items: [node('c-1', 'Home', [node('c-2', 'Pots')]), node('c-3', 'Garden')] };
const POTS = { id: 'c-2', version: 4, name: 'Pots', slug: 'pots', parent_id: 'c-1', position: 2 };
const API = { 'GET /categories': TREE, 'GET /admin/categories/c-2': POTS };
const STAFF = { permissions: ['catalog:read_all', 'catalog:write'] };
const PUT = 'PUT /admin/categories/c-2';

test('a category is moved with all below it, and what is not possible is said', async () => {
  const { asked } = await openAdmin(
    '/admin/categories',
    {
      ...API,
      [PUT]: ({ body }: { body: { parent_id: string | null } }) =>
        body.parent_id === null ? problem(409, 'category_cycle') : { ...POTS, version: 5 },
    },
    STAFF,
  );
  const home = within(await screen.findByRole('list', { name: 'Home' }));
  expect(home.getByRole('link', { name: '3 products on sale' }).getAttribute('href')).toContain('category=pots');
  await userEvent.click(home.getByRole('button', { name: 'Edit Pots' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Edit Pots' }));
  await expectAccessible();
  await userEvent.selectOptions(dialog.getByLabelText(/^Stands below/), 'none');
  await userEvent.click(dialog.getByRole('button', { name: 'Save' }));
  expect(await dialog.findByText('A category cannot stand below itself.')).toBeTruthy();
  await userEvent.selectOptions(dialog.getByLabelText(/^Stands below/), 'Garden');
  await userEvent.click(dialog.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(asked(PUT)[1]?.body).toEqual({ version: 4, name: 'Pots', slug: 'pots', parent_id: 'c-3', position: 2 });
  await waitFor(() => expect(asked('GET /categories')).toHaveLength(2));
});

test('a category is made at the root and below another', async () => {
  const { asked } = await openAdmin('/admin/categories', { ...API, 'POST /admin/categories': POTS }, STAFF);
  await userEvent.click(await screen.findByRole('button', { name: 'Add below Garden' }));
  await userEvent.type(screen.getByLabelText('Name'), 'Tools');
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  await userEvent.click(screen.getByRole('button', { name: 'New category' }));
  await userEvent.type(screen.getByLabelText('Name'), 'Books');
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(asked('POST /admin/categories')).toHaveLength(2));
  const sent = asked('POST /admin/categories').map(({ body }) => body);
  expect(sent).toEqual([
    { name: 'Tools', slug: null, parent_id: 'c-3', position: 0 },
    { name: 'Books', slug: null, parent_id: null, position: 0 },
  ]);
});

test('a category with products is not deleted; an empty one is, after it was asked for', async () => {
  let isFull = true;
  const path = 'DELETE /admin/categories/c-2';
  const { asked } = await openAdmin(
    '/admin/categories',
    { ...API, [path]: () => (isFull ? problem(409, 'category_not_empty') : new Response(null, { status: 204 })) },
    STAFF,
  );
  await userEvent.click(await screen.findByRole('button', { name: 'Edit Pots' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Edit Pots' }));
  await userEvent.click(dialog.getByRole('button', { name: 'Delete' }));
  expect(asked(path)).toHaveLength(0);
  await userEvent.click(dialog.getByRole('button', { name: 'Delete' }));
  expect(await dialog.findByText('It has categories or products; move them first.')).toBeTruthy();
  isFull = false;
  await userEvent.click(dialog.getByRole('button', { name: 'Delete' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
});

test('an empty shop says what categories are for; who may only read can open none', async () => {
  await openAdmin('/admin/categories', { 'GET /categories': { items: [] } }, { permissions: ['catalog:read_all'] });
  expect(await screen.findByText('There are no categories yet.')).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'New category' })).toBeNull();
});
