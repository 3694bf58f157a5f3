import { problem, stubApi } from '@sharestack/testing/api.ts';
import { expectAccessible } from '@sharestack/testing/axe.ts';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { SHOP } from '../../testing/fixtures.ts';
import { openPage } from '../../testing/openPage.tsx';
import { RETURN } from '../../testing/orders.ts';
import { signedIn } from '../../testing/signedIn.ts';

const SUMMARY = {
  id: 'o-1',
  number: 'ABCDE-FGHJK',
  status: 'shipped',
  state: 'open',
  payment_status: 'paid',
  fulfilment_status: 'shipped',
  currency: 'USD',
  total_amount: 2932,
  item_count: 3,
  created_at: '2026-11-20T10:00:00Z',
};
const PARTLY = {
  ...SUMMARY,
  id: 'o-2',
  number: 'ZZZZZ-22222',
  status: 'processing',
  fulfilment_status: 'partially_shipped',
};
const main = () => within(screen.getByRole('main'));

test.each(['/account/orders', '/en/account/orders'])('%s lists orders, and more when asked', async (address) => {
  const calls = stubApi({
    ...SHOP,
    ...signedIn(),
    'GET /orders': ({ query }) =>
      query.get('cursor') ? { items: [PARTLY], next_cursor: null } : { items: [SUMMARY], next_cursor: 'next' },
  });
  await openPage(address);
  const link = await main().findByRole('link', { name: /ABCDE-FGHJK/ });
  expect(link.getAttribute('href')).toMatch(/\/account\/orders\/o-1$/);
  await expectAccessible();
  await userEvent.click(main().getByRole('button', { name: /^(更多|More)$/ }));
  expect(await main().findByRole('link', { name: /ZZZZZ-22222/ })).toBeTruthy();
  expect(main().getByText(/部分已发货|Partly shipped/)).toBeTruthy();
  expect(main().queryByRole('button', { name: /^(更多|More)$/ })).toBeNull();
  expect(calls.filter(({ path }) => path === '/orders').map(({ query }) => query.get('cursor'))).toEqual([
    null,
    'next',
  ]);
});

test('a further page that fails leaves the first, and can be asked for again', async () => {
  const answers: (Response | object)[] = [
    { items: [SUMMARY], next_cursor: 'next' },
    problem(503, 'temporarily_unavailable'),
    { items: [PARTLY], next_cursor: null },
  ];
  stubApi({ ...SHOP, ...signedIn(), 'GET /orders': () => answers.shift() ?? problem(500, 'internal_error') });
  await openPage('/en/account/orders');
  await userEvent.click(await main().findByRole('button', { name: 'More' }));
  const again = await main().findByRole('button', { name: 'Try again' });
  expect(main().getByRole('link', { name: /ABCDE-FGHJK/ })).toBeTruthy();
  await userEvent.click(again);
  expect(await main().findByRole('link', { name: /ZZZZZ-22222/ })).toBeTruthy();
});

test('the status that a list is narrowed by is in its address', async () => {
  const calls = stubApi({ ...SHOP, ...signedIn(), 'GET /orders': { items: [], next_cursor: null } });
  const { router } = await openPage('/en/account/orders?status=lost');
  expect(await main().findByText('No orders yet')).toBeTruthy();
  await expectAccessible();
  await userEvent.click(main().getByRole('link', { name: 'Delivered' }));
  expect(await main().findByText('There are no orders like that.')).toBeTruthy();
  expect(router.state.location.search).toEqual({ status: 'delivered' });
  expect(
    calls
      .filter(({ path }) => path === '/orders')
      .at(-1)
      ?.query.get('status'),
  ).toBe('delivered');
  await waitFor(() =>
    expect(main().getByRole('link', { name: 'Delivered' }).getAttribute('aria-current')).toBe('page'),
  );
  expect(main().getByRole('link', { name: 'All' }).getAttribute('aria-current')).toBeNull();
});

test('a list that does not load can be tried again', async () => {
  let answer: () => object = () => Promise.reject(new TypeError('network'));
  stubApi({ ...SHOP, ...signedIn(), 'GET /orders': () => answer() });
  await openPage('/en/account/orders');
  expect(await main().findByText('No connection')).toBeTruthy();
  answer = () => ({ items: [SUMMARY], next_cursor: null });
  await userEvent.click(main().getByRole('button', { name: 'Try again' }));
  expect(await main().findByRole('link', { name: /ABCDE-FGHJK/ })).toBeTruthy();
});

test.each(['/account/returns', '/en/account/returns'])(
  '%s lists returns, which lead to their orders',
  async (address) => {
    stubApi({ ...SHOP, ...signedIn(), 'GET /returns': { items: [RETURN], next_cursor: null } });
    await openPage(address);
    const link = await main().findByRole('link', { name: /ABCDE-FGHJK/ });
    expect(link.getAttribute('href')).toMatch(/\/account\/orders\/o-1$/);
    expect(main().getByText(/已同意，请寄回|Agreed, please send it back/)).toBeTruthy();
    await expectAccessible();
  },
);

test('without returns it says how one begins', async () => {
  stubApi({ ...SHOP, ...signedIn(), 'GET /returns': { items: [], next_cursor: null } });
  await openPage('/en/account/returns');
  expect(await main().findByText('No returns')).toBeTruthy();
  expect(main().getByRole('link', { name: 'My orders' }).getAttribute('href')).toBe('/en/account/orders');
});
