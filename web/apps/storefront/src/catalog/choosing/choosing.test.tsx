import { problem, stubApi } from '@sharestack/testing/api.ts';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { PRODUCT, SHOP } from '../../testing/fixtures.ts';
import { openPage } from '../../testing/openPage.tsx';

const ID = '00000000-0000-4000-8000-00000000ffff';
const [FIRST] = PRODUCT.variants;
const FAR = { ...FIRST, id: ID, option_values: ['Large', 'Ash'], price_amount: 77_00 };
const LARGE = { ...PRODUCT, variant_count: 500 };
const main = () => within(screen.getByRole('main'));

test('of a product with many variants the one that is meant is asked for by its options', async () => {
  const calls = stubApi({
    'GET /products/p-1/variants': ({ query }) => ({
      items: query.get('option.Size') === 'Large' || query.get('variant_id') ? [FAR] : [],
      next_cursor: null,
    }),
    ...SHOP,
    'GET /products/clay-pot': LARGE,
  });
  const { router } = await openPage(`/en/p/${PRODUCT.slug}`);
  const asked = () => calls.filter(({ path }) => path.endsWith('/variants')).map(({ query }) => query.toString());
  await userEvent.click(await main().findByRole('radio', { name: /Ash/ }));
  await waitFor(() => expect(router.state.location.searchStr).toContain(PRODUCT.variants[1]?.id));
  expect(asked()).toEqual([]);
  await userEvent.click(main().getByRole('radio', { name: /Large/ }));
  await waitFor(() => expect(router.state.location.searchStr).toContain(ID));
  expect(asked()).toEqual(['option.Size=Large&option.Glaze=Ash&limit=1']);
  expect(main().getAllByText(/\$77\.00/).length).toBeGreaterThan(0);
});

test('a link to one of many variants shows it, and one that cannot be found leaves the choice as it is', async () => {
  let isDown = false;
  stubApi({
    'GET /products/p-1/variants': () => (isDown ? problem(503, 'unavailable') : { items: [FAR], next_cursor: null }),
    ...SHOP,
    'GET /products/clay-pot': LARGE,
  });
  const { router } = await openPage(`/en/p/${PRODUCT.slug}?variant=${ID}`);
  await waitFor(() => expect(main().getAllByText(/\$77\.00/).length).toBeGreaterThan(0));
  isDown = true;
  await userEvent.click(main().getByRole('radio', { name: /Sand/ }));
  await userEvent.click(main().getByRole('radio', { name: /Small/ }));
  expect(router.state.location.searchStr).toMatch(/variant=/);
});
