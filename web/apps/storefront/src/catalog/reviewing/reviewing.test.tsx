import { fileProblem } from '@sharestack/api/pictureFiles.ts';
import { type Answers, type Call, problem, stubApi } from '@sharestack/testing/api.ts';
import { expectAccessible } from '@sharestack/testing/axe.ts';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';
import { REVIEWS, SHOP } from '../../testing/fixtures.ts';
import { openPage } from '../../testing/openPage.tsx';
import { signedIn } from '../../testing/signedIn.ts';

const [PUBLISHED] = REVIEWS.items;
const PICTURE = { ...PUBLISHED?.images[0], media_id: 'm-1' };
const OWN = {
  ...PUBLISHED,
  images: [PICTURE],
  status: 'published',
  held_reason: null,
  product: { id: 'p-1', slug: 'clay-pot', name: 'Clay Pot', on_sale: true, image: null },
};
const HELD = { ...OWN, id: 'r-2', title: 'Second', status: 'hidden', held_reason: 'links', images: [], reply: null };

/** Storage that takes every file, with progress; `status` is what it answers. */
function storage(status = 204) {
  const sent: FormData[] = [];
  class Request {
    status = status;
    upload: { onprogress?: (event: { loaded: number; total: number }) => void } = {};
    onload?: () => void;
    open() {}
    send(form: FormData) {
      sent.push(form);
      this.upload.onprogress?.({ loaded: 1, total: 2 });
      setTimeout(() => this.onload?.(), 0);
    }
  }
  vi.stubGlobal('XMLHttpRequest', Request);
  return sent;
}

beforeEach(() => {
  sessionStorage.clear();
  URL.createObjectURL = (file) => `blob:${(file as File).name}`;
  URL.revokeObjectURL = () => undefined;
});

function shop(more: Answers = {}): Call[] {
  return stubApi({
    ...signedIn(),
    ...SHOP,
    'GET /wishlist': { items: [], next_cursor: null },
    'GET /reviews/mine': { items: [HELD, OWN], next_cursor: null },
    'POST /media/uploads': {
      media: { id: 'm-2' },
      upload: { url: 'http://storage.example/', fields: { key: 'uploads/m-2' }, expires_at: '2026-11-30T00:00:00Z' },
    },
    'GET /media/m-2': { id: 'm-2', status: 'ready', reason: null },
    ...more,
  });
}

const photo = (name = 'pot.jpg') => new File(['x'], name, { type: 'image/jpeg' });

async function openForm() {
  await openPage('/en/p/clay-pot');
  await userEvent.click(await screen.findByRole('button', { name: 'Write a review' }));
  return screen.findByLabelText('Add pictures', {}, { timeout: 15_000 });
}

test('files that the API would refuse are not sent', () => {
  expect(fileProblem({ type: 'application/pdf', size: 10 })).toBe('type');
  expect(fileProblem({ type: 'image/png', size: 16 * 1024 * 1024 })).toBe('size');
  expect(fileProblem({ type: 'image/png', size: 10 })).toBeNull();
});

test('a review is sent with the pictures that have arrived', async () => {
  const sent = storage();
  const calls = shop({ 'POST /products/clay-pot/reviews': OWN });
  await userEvent.upload(await openForm(), photo());
  expect(await screen.findByRole('img', { name: 'pot.jpg' })).toBeTruthy();
  await waitFor(() => expect(calls.some(({ path }) => path === '/media/m-2')).toBe(true));
  expect([...(sent[0]?.keys() ?? [])]).toEqual(['key', 'file']);
  await userEvent.click(screen.getByRole('radio', { name: '5 stars' }));
  await userEvent.type(screen.getByLabelText('Title'), 'Sturdy');
  await userEvent.type(screen.getByLabelText('How is it in use?'), 'Not a crack.');
  await userEvent.click(screen.getByRole('button', { name: 'Publish' }));
  expect(await screen.findByText('Thank you, your review has arrived.')).toBeTruthy();
  const posted = calls.find(({ method, path }) => method === 'POST' && path === '/products/clay-pot/reviews');
  expect(posted?.body).toMatchObject({ rating: 5, title: 'Sturdy', images: [{ media_id: 'm-2' }] });
});

test('a picture that could not be sent can be sent again, or taken off', async () => {
  storage();
  let isDown = true;
  shop({
    'GET /media/m-2': () =>
      isDown ? { id: 'm-2', status: 'rejected', reason: 'damaged' } : { id: 'm-2', status: 'ready', reason: null },
  });
  await userEvent.upload(await openForm(), photo());
  expect(await screen.findByText('The file is damaged.')).toBeTruthy();
  isDown = false;
  await userEvent.click(screen.getByRole('button', { name: 'Send picture 1 again' }));
  await waitFor(() => expect(screen.queryByText('The file is damaged.')).toBeNull());
  await userEvent.click(screen.getByRole('button', { name: 'Take off picture 1' }));
  expect(screen.queryByRole('img', { name: 'pot.jpg' })).toBeNull();
});

test('an incomplete review leads to what is missing', async () => {
  shop();
  await openForm();
  await userEvent.click(screen.getByRole('radio', { name: '4 stars' }));
  await userEvent.click(screen.getByRole('button', { name: 'Publish' }));
  expect(await screen.findByText(/choose a rating, and write/)).toBeTruthy();
  expect(document.activeElement).toBe(screen.getByLabelText('Title'));
});

test('own reviews say what became of them', async () => {
  shop();
  await openPage('/en/account/reviews');
  expect(await screen.findByText('Waiting for a moderator')).toBeTruthy();
  expect(screen.getByText('Somebody reads it before it is published, usually soon.')).toBeTruthy();
  expect(screen.getByText('Thank you!')).toBeTruthy();
  await expectAccessible();
});

test('a review is changed where it stands, and keeps its pictures', async () => {
  const calls = shop({ 'PATCH /reviews/r-1': OWN });
  await openPage('/en/account/reviews');
  const title = await screen.findByRole('heading', { name: 'Sturdy' });
  const row = title.closest('li') as HTMLElement;
  await userEvent.click(within(row).getByRole('button', { name: 'Edit the review of Clay Pot' }));
  const field = within(row).getByLabelText('Title');
  await userEvent.clear(field);
  await userEvent.type(field, 'Very sturdy');
  await userEvent.click(within(row).getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('Your changes are saved.')).toBeTruthy();
  expect(calls.find(({ method }) => method === 'PATCH')?.body).toMatchObject({
    version: 1,
    title: 'Very sturdy',
    images: [{ media_id: 'm-1' }],
  });
});

test('what was changed elsewhere is not overwritten, and what was typed stays', async () => {
  shop({ 'PATCH /reviews/r-1': () => problem(409, 'version_conflict', { version: 2 }) });
  await openPage('/en/account/reviews');
  const row = (await screen.findByRole('heading', { name: 'Sturdy' })).closest('li') as HTMLElement;
  await userEvent.click(within(row).getByRole('button', { name: 'Edit the review of Clay Pot' }));
  await userEvent.type(within(row).getByLabelText('Title'), ' still');
  await userEvent.click(within(row).getByRole('button', { name: 'Save' }));
  expect(await screen.findByText(/was changed elsewhere/)).toBeTruthy();
  expect(within(row).getByDisplayValue('Sturdy still')).toBeTruthy();
});
