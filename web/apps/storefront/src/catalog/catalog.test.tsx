import { problem, stubApi } from '@sharestack/testing/api.ts';
import { expectAccessible } from '@sharestack/testing/axe.ts';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { FACETS, LIST, PRODUCT, REVIEWS, SHOP } from '../testing/fixtures.ts';
import { openPage } from '../testing/openPage.tsx';
import { reviewDraft } from './reviewing/reviewDraft.ts';

const main = () => within(screen.getByRole('main'));

test.each(['/', '/en/'])('%s shows what is bought and what is new', async (address) => {
  stubApi(SHOP);
  await openPage(address);
  expect((await main().findAllByRole('link', { name: /Clay Pot/ })).length).toBeGreaterThan(1);
  expect(main().getAllByText(/\$12\.90/).length).toBeGreaterThan(0);
  await expectAccessible();
});

test('a shop whose lists fail still opens', async () => {
  stubApi({});
  await openPage('/en/');
  expect(screen.getByRole('heading', { level: 1 }).textContent).toContain('Made slowly');
});

test('a category has its filters in the address', async () => {
  const calls = stubApi(SHOP);
  const { router } = await openPage('/en/c/kitchen');
  await main().findByText('2 products');
  await expectAccessible();
  const filters = within(screen.getByRole('complementary', { name: 'Filters' }));
  await userEvent.click(filters.getByRole('link', { name: /In stock only/ }));
  await waitFor(() => expect(router.state.location.searchStr).toBe('?stock=1'));
  await waitFor(() => expect(calls.at(-1)?.query.get('in_stock')).toBe('true'));
  expect(calls.at(-1)?.query.get('category')).toBe('kitchen');
  await userEvent.click(filters.getByRole('link', { name: /Large/ }));
  await waitFor(() => expect(router.state.location.searchStr).toBe('?stock=1&option.Size=Large'));
  expect(document.head.querySelector('meta[name=robots]')?.getAttribute('content')).toBe('noindex');
  await userEvent.click(screen.getByRole('link', { name: 'Clear all filters' }));
  await waitFor(() => expect(router.state.location.searchStr).toBe(''));
});

test('prices are typed as people write them, and sent in minor units', async () => {
  const calls = stubApi(SHOP);
  await openPage('/en/c/kitchen');
  const filters = within(screen.getByRole('complementary', { name: 'Filters' }));
  await userEvent.type(filters.getByLabelText('From'), '12,50');
  await userEvent.click(filters.getByRole('button', { name: 'Apply' }));
  await waitFor(() => expect(calls.at(-1)?.query.get('price_min')).toBe('1250'));
});

test('sorting and the next page are in the address, and a new sort starts at the first page', async () => {
  stubApi(SHOP);
  const { router } = await openPage('/en/c/kitchen');
  await userEvent.click(await main().findByRole('link', { name: /Next page/ }));
  await waitFor(() => expect(router.state.location.searchStr).toBe('?after=next-page'));
  await main().findByRole('link', { name: 'Back to the first page' });
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Sort by' }), 'price');
  await waitFor(() => expect(router.state.location.searchStr).toBe('?sort=price'));
});

test('a list without products says what to do', async () => {
  stubApi({ ...SHOP, 'GET /products': { items: [], next_cursor: null, facets: { ...FACETS, total: 0 } } });
  await openPage('/en/c/kitchen?stock=1');
  expect(await main().findByText('Nothing found')).toBeTruthy();
  await expectAccessible();
});

test('a list that fails can be tried again', async () => {
  let isDown = true;
  stubApi({ ...SHOP, 'GET /products': () => (isDown ? problem(503, 'temporarily_unavailable') : LIST) });
  await openPage('/en/search');
  const again = await main().findByRole('button', { name: 'Try again' });
  isDown = false;
  await userEvent.click(again);
  expect(await main().findByText('2 products')).toBeTruthy();
});

test('a page of the list that is gone leads to the first', async () => {
  stubApi({ ...SHOP, 'GET /products': () => problem(400, 'invalid_cursor') });
  await openPage('/en/search?after=old');
  expect(await main().findByRole('link', { name: 'Back to the first page' })).toBeTruthy();
});

test('a category that is not there is 404', async () => {
  stubApi(SHOP);
  await openPage('/en/c/nothing');
  expect(screen.getByRole('heading', { name: 'This page is not here' })).toBeTruthy();
  await expectAccessible();
});

test('words are looked for, and near misses are called that', async () => {
  const calls = stubApi(SHOP);
  await openPage('/en/search?q=clai');
  expect(await main().findByText(/these come close/)).toBeTruthy();
  expect(screen.getByRole('heading', { name: 'Results for clai' })).toBeTruthy();
  expect(calls.some(({ path, query }) => path === '/products/search' && query.get('q') === 'clai')).toBe(true);
});

test('suggestions come while typing and are chosen with the keys', async () => {
  stubApi(SHOP);
  const { router } = await openPage('/en/');
  const field = screen.getByRole('combobox', { name: 'Search products' });
  await userEvent.type(field, 'cla');
  await screen.findByRole('option', { name: /Kitchen/ });
  await expectAccessible();
  await userEvent.keyboard('{ArrowUp}{ArrowDown}{ArrowDown}{ArrowDown}');
  expect(screen.getByRole('option', { name: /Kitchen/ }).getAttribute('aria-selected')).toBe('true');
  await userEvent.keyboard('{Escape}');
  expect(field.getAttribute('aria-expanded')).toBe('false');
  await userEvent.type(field, 'y');
  await userEvent.click(await screen.findByRole('option', { name: /Clayworks/ }));
  await waitFor(() => expect(router.state.location.searchStr).toBe('?vendor=Clayworks'));
});

test('Enter that ends composing neither searches nor chooses', async () => {
  stubApi(SHOP);
  const { router } = await openPage('/');
  const field = screen.getByRole('combobox', { name: '搜索商品' });
  fireEvent.input(field, { target: { value: 'qing' }, isComposing: true });
  fireEvent.keyDown(field, { key: 'Enter', isComposing: true });
  expect(router.state.location.pathname).toBe('/');
  fireEvent.compositionEnd(field);
  await screen.findAllByRole('option');
  await userEvent.type(field, '{Enter}');
  await waitFor(() => expect(router.state.location.pathname).toBe('/search'));
});

test.each(['/p/clay-pot', '/en/p/clay-pot'])(
  '%s shows pictures, variants, stock, reviews and what goes with it',
  async (address) => {
    stubApi(SHOP);
    await openPage(address);
    expect(screen.getByRole('heading', { level: 1, name: 'Clay Pot' })).toBeTruthy();
    expect(await main().findByText('Sturdy')).toBeTruthy();
    expect(await main().findByRole('link', { name: '青瓷盖碗' })).toBeTruthy();
    expect(document.head.querySelector('script[type="application/ld+json"]')?.textContent).toContain('AggregateOffer');
    expect(document.head.querySelector('meta[name=description]')?.getAttribute('content')).toBe(
      'Thrown by hand & fired twice.',
    );
    await expectAccessible();
  },
);

test('choosing an option shows the variant, its price and its stock', async () => {
  stubApi(SHOP);
  const { router } = await openPage('/en/p/clay-pot');
  expect(main().getByText('In stock')).toBeTruthy();
  await userEvent.click(main().getByRole('radio', { name: /Ash/ }));
  expect(await main().findByText('Only 3 left')).toBeTruthy();
  await userEvent.click(main().getByRole('radio', { name: /Large/ }));
  expect(await main().findByText('$24.90')).toBeTruthy();
  expect(
    main()
      .getByRole('button', { name: /Sold out/ })
      .hasAttribute('disabled'),
  ).toBe(true);
  expect(router.state.location.searchStr).toContain('variant=');
});

test('reviews are chosen by stars, sorted and paged in the address', async () => {
  const calls = stubApi(SHOP);
  const { router } = await openPage('/en/p/clay-pot');
  await userEvent.click(await main().findByRole('link', { name: '5 stars: 1 review' }));
  await waitFor(() => expect(calls.at(-1)?.query.get('stars')).toBe('5'));
  await userEvent.click(main().getByRole('link', { name: 'Newest' }));
  await waitFor(() => expect(router.state.location.searchStr).toBe('?stars=5&reviews=newest'));
  await userEvent.click(main().getByRole('link', { name: 'More reviews' }));
  await waitFor(() => expect(calls.at(-1)?.query.get('cursor')).toBe('more-reviews'));
});

test('a vote needs somebody who is signed in, and shows the new counts', async () => {
  const user = { id: 'u-1', full_name: 'Ada Hughes' };
  stubApi({
    ...SHOP,
    'POST /auth/login': { access_token: 'a', expires_in: 900, user },
    'POST /reviews/r-1/votes': { review_id: 'r-1', helpful: true, helpful_count: 3, unhelpful_count: 0 },
  });
  const { session } = await openPage('/en/p/clay-pot');
  expect(await main().findByRole('link', { name: 'Sign in to vote' })).toBeTruthy();
  await session.signIn('ada@example.com', 'sunny-orchard-42');
  const button = await main().findByRole('button', { name: /^Helpful/ });
  await userEvent.click(button);
  await waitFor(() => expect(button.textContent).toContain('3'));
  expect(button.getAttribute('aria-pressed')).toBe('true');
  vi.stubGlobal('fetch', async () => problem(503, 'temporarily_unavailable'));
  await userEvent.click(main().getByRole('button', { name: /Not helpful/ }));
  expect(await main().findByText(/That was not saved/)).toBeTruthy();
});

test('a product without reviews says so; reviews that fail can be tried again', async () => {
  const summary = { rating_average: null, rating_count: 0, histogram: {} };
  let isDown = true;
  const none = { items: [], next_cursor: null, summary };
  stubApi({
    ...SHOP,
    'GET /products/clay-pot/reviews': () => (isDown ? problem(503, 'temporarily_unavailable') : none),
  });
  await openPage('/en/p/clay-pot');
  const again = await main().findByRole('button', { name: 'Try again' });
  isDown = false;
  await userEvent.click(again);
  expect(await main().findByText(/Nobody has reviewed this yet/)).toBeTruthy();
});

test('what was sold once says that it is gone; the slug of before leads to the one of now', async () => {
  stubApi({ ...SHOP, 'GET /products/old-pot': PRODUCT, 'GET /products/gone-pot': () => problem(410, 'product_gone') });
  await openPage('/en/p/gone-pot');
  expect(screen.getByRole('heading', { name: 'This product is no longer sold' })).toBeTruthy();
  const { router } = await openPage('/en/p/old-pot');
  await waitFor(() => expect(router.state.location.publicHref).toBe('/en/p/clay-pot'));
});

test('a product that does not load can be tried again', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  const answers: object[] = [problem(503, 'temporarily_unavailable')];
  stubApi({ ...SHOP, 'GET /products/clay-pot': () => answers.shift() ?? PRODUCT });
  await openPage('/en/p/clay-pot');
  await userEvent.click(main().getByRole('button', { name: 'Try again' }));
  expect(await screen.findByRole('heading', { level: 1, name: 'Clay Pot' })).toBeTruthy();
});

test('a review is written, kept while it cannot be sent, and thanked for', async () => {
  const answers: object[] = [problem(503, 'temporarily_unavailable'), REVIEWS.items[0] ?? {}];
  const calls = stubApi({
    ...SHOP,
    'POST /auth/login': { access_token: 'a', expires_in: 900, user: { id: 'u-1', full_name: 'Ada Hughes' } },
    'POST /products/clay-pot/reviews': () => answers.shift() ?? problem(409, 'already_reviewed'),
  });
  const { session } = await openPage('/en/p/clay-pot');
  expect(await main().findByRole('link', { name: 'Sign in to write a review' })).toBeTruthy();
  await session.signIn('ada@example.com', 'sunny-orchard-42');
  await userEvent.click(await main().findByRole('button', { name: 'Write a review' }));
  const send = await main().findByRole('button', { name: 'Publish' });
  await userEvent.click(send);
  expect(main().getByRole('alert').textContent).toContain('Please choose a rating');
  await userEvent.click(main().getByRole('radio', { name: '4 stars' }));
  await userEvent.type(main().getByLabelText('Title'), 'Sturdy');
  await userEvent.type(main().getByLabelText('How is it in use?'), 'No cracks.');
  await expectAccessible();
  await userEvent.click(send);
  await waitFor(() => expect(main().getByRole('alert').textContent).toContain('still here'));
  expect(reviewDraft('clay-pot')).toEqual({ rating: 4, title: 'Sturdy', body: 'No cracks.' });
  await userEvent.click(send);
  expect(await main().findByText(/your review has arrived/)).toBeTruthy();
  expect(calls.filter(({ path, method }) => method === 'POST' && path.endsWith('/reviews')).at(-1)?.body).toEqual({
    rating: 4,
    title: 'Sturdy',
    body: 'No cracks.',
    images: [],
  });
  expect(reviewDraft('clay-pot').title).toBe('');
});
