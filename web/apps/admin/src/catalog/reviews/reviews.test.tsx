import { expectAccessible } from '@sharestack/testing/axe.ts';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { openAdmin } from '../../testing/open.tsx';

const REVIEW = {
  id: 'r-1',
  product_id: 'p-1',
  author: 'Ada L.',
  rating: 2,
  title: 'Leaks',
  body: 'After a week.',
  images: [
    { url: 'https://media.example/1.webp', blurhash: null, width: 800, height: 600, variants: [], media_id: 'm-1' },
  ],
  is_verified: true,
  helpful_count: 4,
  unhelpful_count: 0,
  reply: null as object | null,
  version: 1,
  created_at: '2026-11-29T10:00:00Z',
  updated_at: '2026-11-29T10:00:00Z',
  status: 'published',
  held_reason: null,
  user_id: 'u-9',
  product_name: 'Kettle',
  product_slug: 'kettle',
  moderations: [
    { before: 'hidden', after: 'published', actor: 'grace', reason: 'Fair enough', created_at: '2026-11-29T12:00:00Z' },
  ],
};

test('a review is answered in the name of the shop, and hidden with a reason', async () => {
  let now = REVIEW;
  const { asked } = await openAdmin(
    '/admin/reviews?status=published',
    {
      'GET /admin/reviews': () => ({ items: [now], next_cursor: null }),
      'PUT /admin/reviews/*/reply': ({ body }) => {
        now = { ...now, version: 2, reply: { ...(body as object), replied_at: '2026-11-30T10:00:00Z' } };
        return now;
      },
      'PUT /admin/reviews/*/status': () => {
        now = { ...now, version: 3, status: 'hidden' };
        return now;
      },
      'DELETE /admin/reviews/*/reply': () => {
        now = { ...now, version: 4, reply: null };
        return now;
      },
    },
    { permissions: ['reviews:moderate'] },
  );
  await userEvent.click(await screen.findByRole('button', { name: 'Leaks' }));
  const dialog = () => within(screen.getByRole('dialog', { name: 'Review' }));
  expect(dialog().getByRole('img', { name: 'Picture 1 of the review' })).toBeTruthy();
  expect(dialog().getByText('Fair enough')).toBeTruthy();
  await expectAccessible();
  await userEvent.type(dialog().getByLabelText('Answer of the shop'), 'We are sending another one.');
  await userEvent.click(dialog().getByRole('button', { name: 'Publish the answer' }));
  expect(await screen.findByText('The answer is published')).toBeTruthy();
  expect(asked('PUT /admin/reviews/r-1/reply')[0]?.body).toEqual({ body: 'We are sending another one.' });
  await userEvent.click(await screen.findByRole('button', { name: 'Remove the answer' }));
  expect(await screen.findByText('The answer is removed')).toBeTruthy();
  await userEvent.type(dialog().getByLabelText('Reason'), 'Not about the kettle');
  await userEvent.click(dialog().getByRole('button', { name: 'Hide the review' }));
  expect(await dialog().findByRole('button', { name: 'Publish the review' })).toBeTruthy();
  expect(asked('PUT /admin/reviews/r-1/status')[0]?.body).toEqual({ status: 'hidden', reason: 'Not about the kettle' });
});
