import { problem, stubApi } from '@sharestack/testing/api.ts';
import { expectAccessible } from '@sharestack/testing/axe.ts';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';
import { SHOP } from '../../testing/fixtures.ts';
import { openPage } from '../../testing/openPage.tsx';
import { signedIn } from '../../testing/signedIn.ts';

const HOME = {
  id: 'a-1',
  label: 'Home',
  address: { name: 'Ada Hughes', line1: '12 High Street', city: 'London', postal_code: 'SW1Y 4JH', country: 'GB' },
  is_default_shipping: true,
  is_default_billing: false,
  version: 1,
};
const OFFICE = {
  ...HOME,
  id: 'a-2',
  label: null,
  address: { ...HOME.address, company: 'Engines Ltd', line1: '1 Dorset Street', tax_number: 'GB123456789' },
  is_default_shipping: false,
};
const country = (code: string, more: object = {}) => ({
  code,
  is_delivered: true,
  has_regions: false,
  needs_region: false,
  needs_postal_code: false,
  ...more,
});
const SITE = {
  countries: [country('CN', { has_regions: true }), country('DE'), country('GB'), country('US', { has_regions: true })],
};
const US = {
  ...country('US'),
  regions: [
    { code: 'CA', name: 'California' },
    { code: 'NY', name: 'New York' },
  ],
};

const main = () => within(screen.getByRole('main'));
const listed = (...items: object[]) => ({ items, next_cursor: null });
const answers = (more: object = {}) => ({
  ...SHOP,
  ...signedIn(),
  'GET /site': SITE,
  'GET /site/countries/*': US,
  'GET /users/me/addresses': () => listed(OFFICE, HOME),
  ...more,
});

beforeEach(() => void vi.spyOn(navigator, 'languages', 'get').mockReturnValue(['en-GB']));

test.each(['/account/addresses', '/en/account/addresses'])('%s lists the book, its default first', async (address) => {
  stubApi(answers());
  await openPage(address);
  await main().findByText('12 High Street');
  const [first, second] = main()
    .getAllByRole('link', { name: /^(Edit|修改)/ })
    .map((link) => within(link.closest('li') as HTMLElement));
  expect(first?.getByText('12 High Street')).toBeTruthy();
  expect(first?.getByText(/^(Default for deliveries|默认收货地址)$/)).toBeTruthy();
  expect(second?.getByText(/GB123456789/)).toBeTruthy();
  await expectAccessible();
});

test('an empty book says what it is for', async () => {
  stubApi(answers({ 'GET /users/me/addresses': listed() }));
  await openPage('/en/account/addresses');
  expect(await main().findByText('No saved addresses yet')).toBeTruthy();
  expect(main().getByRole('link', { name: 'Add an address' }).getAttribute('href')).toBe('/en/account/addresses/new');
});

test('a full book takes no more, and a book that does not load is asked for again', async () => {
  const full = Array.from({ length: 50 }, (_, number) => ({ ...OFFICE, id: `a-${number}` }));
  let isDown = true;
  stubApi(answers({ 'GET /users/me/addresses': () => (isDown ? problem(400, 'bad_request') : listed(...full)) }));
  await openPage('/en/account/addresses');
  const retry = await main().findByRole('button', { name: 'Try again' });
  isDown = false;
  await userEvent.click(retry);
  expect(await main().findByText(/You can keep 50 addresses/)).toBeTruthy();
  expect(main().queryByRole('link', { name: 'Add an address' })).toBeNull();
});

test('what is missing is marked before anything is sent, and the first of it has the focus', async () => {
  const calls = stubApi(answers({ 'GET /users/me/addresses': listed() }));
  await openPage('/en/account/addresses/new');
  await main().findByLabelText('Town or city');
  await userEvent.click(main().getByRole('button', { name: 'Save' }));
  expect(document.activeElement).toBe(main().getByLabelText('Full name'));
  expect(main().getByLabelText('Postal code').getAttribute('aria-invalid')).toBe('true');
  expect(calls.some(({ method, path }) => method === 'POST' && path === '/users/me/addresses')).toBe(false);
  await expectAccessible();
});

test('fields follow the country, and keep what was typed', async () => {
  stubApi(answers({ 'GET /users/me/addresses': listed() }));
  await openPage('/en/account/addresses/new');
  const name = await main().findByLabelText('Full name');
  await userEvent.type(name, 'Ada');
  await userEvent.selectOptions(main().getByLabelText('Country or region'), 'US');
  await userEvent.selectOptions(await main().findByRole('combobox', { name: 'State' }), 'California');
  await userEvent.selectOptions(main().getByLabelText('Country or region'), 'CN');
  expect(main().getByLabelText('Province')).toBeTruthy();
  expect((main().getByLabelText('Recipient') as HTMLInputElement).value).toBe('Ada');
});

test('the first address is meant for everything, and saved once', async () => {
  const saved: object[] = [];
  const calls = stubApi(
    answers({
      'GET /users/me/addresses': () => listed(...saved),
      'POST /users/me/addresses': () => {
        saved.push(HOME);
        return HOME;
      },
    }),
  );
  await openPage('/en/account/addresses/new');
  fireEvent.change(await main().findByLabelText('Full name'), { target: { value: 'Ada Hughes' } });
  fireEvent.change(main().getByLabelText('Street and number'), { target: { value: '12 High Street' } });
  fireEvent.change(main().getByLabelText('Town or city'), { target: { value: ' London ' } });
  fireEvent.change(main().getByLabelText('Postal code'), { target: { value: 'SW1Y 4JH' } });
  await userEvent.dblClick(main().getByRole('button', { name: 'Save' }));
  expect(await main().findByText('The address is saved.')).toBeTruthy();
  const posts = calls.filter(({ method, path }) => method === 'POST' && path === '/users/me/addresses');
  expect(posts).toHaveLength(1);
  expect(posts[0]?.body).toEqual({
    label: null,
    address: { ...HOME.address },
    is_default_shipping: true,
    is_default_billing: true,
  });
  expect(posts[0]?.headers.get('idempotency-key')).toBeTruthy();
});

test('what the API refuses is marked at its field, in words', async () => {
  const errors = [{ field: 'body.address.phone', message: 'String should match pattern' }];
  stubApi(answers({ 'PUT /users/me/addresses/*': () => problem(422, 'validation_failed', { errors }) }));
  await openPage('/en/account/addresses/a-1');
  await userEvent.type(await main().findByLabelText('Phone (optional)'), 'call me');
  await userEvent.click(main().getByRole('button', { name: 'Save' }));
  expect(await main().findByText(/^Only digits/)).toBeTruthy();
  expect(document.activeElement).toBe(main().getByLabelText('Phone (optional)'));
  expect(main().getByText('c-1')).toBeTruthy();
});

test('what was changed elsewhere is compared, and what was written can go over it', async () => {
  const theirs = { ...HOME, label: 'Mum', version: 2 };
  let isChanged = false;
  const calls = stubApi(
    answers({
      'GET /users/me/addresses': () => listed(isChanged ? theirs : HOME),
      'PUT /users/me/addresses/*': ({ body }: { body: unknown }) => {
        isChanged = true;
        const { version, label } = body as typeof HOME;
        return version === 1 ? problem(409, 'version_conflict', { version: 2 }) : { ...theirs, label, version: 3 };
      },
    }),
  );
  const { router } = await openPage('/en/account/addresses/a-1');
  const label = await main().findByLabelText('Label (optional)');
  await userEvent.clear(label);
  await userEvent.type(label, 'Flat');
  await userEvent.click(main().getByRole('button', { name: 'Save' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'This address was changed elsewhere' }));
  expect(within(dialog.getByRole('region', { name: 'Saved now' })).getByText('Mum')).toBeTruthy();
  expect(within(dialog.getByRole('region', { name: 'What you wrote' })).getByText('Flat')).toBeTruthy();
  await expectAccessible();
  await userEvent.click(dialog.getByRole('button', { name: 'Use what I wrote' }));
  await waitFor(() => expect(router.state.location.pathname).toBe('/account/addresses'));
  expect(calls.filter(({ method }) => method === 'PUT').at(-1)?.body).toMatchObject({ label: 'Flat', version: 2 });
});

test('what was deleted elsewhere can be saved as a new one', async () => {
  let isGone = false;
  const calls = stubApi(
    answers({
      'GET /users/me/addresses': () => listed(...(isGone ? [] : [HOME])),
      'PUT /users/me/addresses/*': () => {
        isGone = true;
        return problem(404, 'address_not_found');
      },
      'POST /users/me/addresses': { ...HOME, id: 'a-3' },
    }),
  );
  await openPage('/en/account/addresses/a-1');
  await userEvent.click(await main().findByRole('button', { name: 'Save' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Save as a new address' }));
  await waitFor(() => expect(calls.some(({ path, method }) => method === 'POST' && path.endsWith('s'))).toBe(true));
});

test('a deletion is asked about, and what is gone already is no failure', async () => {
  let isGone = false;
  const calls = stubApi(
    answers({
      'GET /users/me/addresses': () => listed(...(isGone ? [] : [HOME])),
      'DELETE /users/me/addresses/*': () => {
        isGone = true;
        return problem(404, 'address_not_found');
      },
    }),
  );
  await openPage('/en/account/addresses');
  await userEvent.click(await main().findByRole('button', { name: 'Delete Home' }));
  const dialog = within(await screen.findByRole('dialog'));
  await userEvent.click(dialog.getByRole('button', { name: 'Delete' }));
  expect(await main().findByText('The address is deleted.')).toBeTruthy();
  expect(calls.some(({ method, path }) => method === 'DELETE' && path === '/users/me/addresses/a-1')).toBe(true);
  expect(document.activeElement).toBe(main().getByRole('heading', { level: 1 }));
});

test('an address that is not there says so', async () => {
  stubApi(answers());
  await openPage('/en/account/addresses/unknown');
  expect(await main().findByText('This address is no longer there.')).toBeTruthy();
});
