import { expectAccessible } from '@sharestack/testing/axe.ts';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { openAdmin } from '../../testing/open.tsx';

const ENTRY = {
  id: 'e-1',
  created_at: '2026-11-30T10:00:00Z',
  actor_id: 'u-1',
  actor_kind: 'admin',
  action: 'order.address_corrected',
  subject_type: 'order',
  subject_id: '0190aaaa-0000-7000-8000-000000000001',
  changes: { note: { before: null, after: 'Rings twice' }, tags: { before: ['a'], after: ['a', 'b'] } },
  reason: 'Customer called',
  correlation_id: 'corr-1',
  network: '203.0.113.0/24',
};

test('the audit log is filtered by whole days, and an entry shows each field before and after', async () => {
  const { asked } = await openAdmin(
    '/admin/audit?action=order.address_corrected&from=2026-11-01&to=2026-11-30&actor=nobody',
    { 'GET /admin/audit': { items: [ENTRY, { ...ENTRY, id: 'e-2', changes: {} }], next_cursor: null } },
    { permissions: ['audit:read'] },
  );
  const [open] = await screen.findAllByRole('button', { name: 'order.address_corrected' });
  const query = asked('GET /admin/audit')[0]?.query;
  expect(query?.get('created_from')).toBe('2026-11-01T00:00:00Z');
  expect(query?.get('created_before')).toBe('2026-12-01T00:00:00.000Z');
  expect(query?.has('actor_id')).toBe(false);
  await expectAccessible();
  await userEvent.click(open as HTMLElement);
  const dialog = within(await screen.findByRole('dialog', { name: 'order.address_corrected' }));
  expect(dialog.getByText('Rings twice')).toBeTruthy();
  expect(dialog.getByText(/"b"/)).toBeTruthy();
  expect(dialog.getByText('203.0.113.0/24')).toBeTruthy();
});

const ERROR = {
  id: 'x-1',
  source: 'worker',
  function: 'payments.on_webhook',
  error_type: 'KeyError',
  message: "'amount'",
  level: 'error',
  status: 'open',
  occurrences: 7,
  first_seen_at: '2026-11-29T10:00:00Z',
  last_seen_at: '2026-11-30T10:00:00Z',
  resolved_at: null,
  reopenings: 2,
  correlation_id: 'corr-2',
  user_id: null,
  release: 'r-5',
  resolved_by: null,
  exceptions: [
    {
      type: 'KeyError',
      message: "'amount'",
      frames: [
        { module: 'functions.payments', function: 'handle', line: 42, in_app: true },
        { module: 'botocore', function: 'call', line: null, in_app: false },
      ],
    },
  ],
  context: { event: 'charge.refunded' },
};

test('an error is read with its calls, and marked as resolved', async () => {
  let now = ERROR;
  const { asked } = await openAdmin(
    '/admin/errors',
    {
      'GET /errors': { items: [ERROR], next_cursor: null },
      'GET /errors/*': () => now,
      'PATCH /errors/*/resolve': () => {
        now = { ...ERROR, status: 'resolved', resolved_at: '2026-11-30T11:00:00Z' as never };
        return now;
      },
    },
    { permissions: ['errors:read', 'errors:resolve'] },
  );
  await userEvent.click(await screen.findByRole('link', { name: /KeyError/ }));
  expect(asked('GET /errors')[0]?.query.get('status')).toBe('open');
  expect(await screen.findByText(/line 42/)).toBeTruthy();
  expect(screen.getByText(/charge.refunded/)).toBeTruthy();
  await expectAccessible();
  await userEvent.type(screen.getByLabelText(/^What mended it/), 'Amounts are read');
  await userEvent.click(screen.getByRole('button', { name: 'Mark as resolved' }));
  expect(await screen.findByRole('region', { name: 'Resolved' })).toBeTruthy();
  expect(asked('PATCH /errors/x-1/resolve')[0]?.body).toEqual({ reason: 'Amounts are read' });
  expect(screen.queryByRole('button', { name: 'Mark as resolved' })).toBeNull();
});

test('how fast pages were is a table with a judgement for each', async () => {
  await openAdmin(
    '/admin/speed',
    {
      'GET /admin/web-vitals': {
        first_day: '2026-11-01',
        last_day: '2026-11-28',
        items: [
          { page: 'product', name: 'lcp', percentile_75: 1234.5, is_good: true, count: 1000 },
          { page: 'cart', name: 'cls', percentile_75: 0.31, is_good: false, count: 12 },
        ],
      },
    },
    { permissions: ['operations:read'] },
  );
  const row = within(await screen.findByRole('row', { name: /Product/ }));
  expect(row.getByRole('cell', { name: '1,235 ms' })).toBeTruthy();
  expect(within(screen.getByRole('row', { name: /Cart/ })).getByRole('cell', { name: '0.310' })).toBeTruthy();
  expect(screen.getByText('Needs work')).toBeTruthy();
  await expectAccessible();
});

test('where nothing was measured, that is said', async () => {
  await openAdmin(
    '/admin/speed',
    { 'GET /admin/web-vitals': { first_day: '2026-11-01', last_day: '2026-11-28', items: [] } },
    { permissions: ['operations:read'], locale: 'zh-CN' },
  );
  expect(await screen.findByText('还没有测量')).toBeTruthy();
});
