import { expectAccessible } from '@sharestack/testing/axe.ts';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { openAdmin } from '../testing/open.tsx';

const STAFF = { permissions: ['payments:read_all', 'payments:write', 'orders:read_all'] };
const READER = { permissions: ['payments:read_all'] };
const ID = '0190aaaa-0000-7000-8000-000000000001';
const PAYMENT = {
  id: ID,
  checkout_id: 'c-1',
  order_id: 'o-1',
  provider: 'stripe',
  amount: 11_476,
  currency: 'USD',
  status: 'partially_refunded',
  amount_captured: 11_476,
  amount_refunded: 1000,
  failure_code: null,
  method: { type: 'card', brand: 'visa', last4: '4242', wallet: null },
  created_at: '2026-11-29T10:00:00Z',
  updated_at: '2026-11-29T10:00:00Z',
  user_id: 'u-9',
  provider_payment_id: 'pi_123',
};
const REFUND = {
  id: 'r-1',
  payment_id: ID,
  order_id: 'o-1',
  amount: 1000,
  tax_amount: 0,
  currency: 'USD',
  status: 'succeeded',
  provider_refund_id: 're_1',
  reason: 'goodwill',
  note: 'A scratch',
  actor: 'grace',
  failure_code: null,
  created_at: '2026-11-30T10:00:00Z',
  updated_at: '2026-11-30T10:00:00Z',
  lines: [],
};
const list = (...items: object[]) => ({ items, next_cursor: null });

test('payments are listed by state, and one tells how it went', async () => {
  const { asked } = await openAdmin(
    '/admin/payments?status=partially_refunded',
    {
      'GET /admin/payments': list(PAYMENT, {
        ...PAYMENT,
        id: 'p-2',
        provider_payment_id: '',
        method: null,
        amount_refunded: 0,
      }),
      'GET /admin/payments/*': {
        ...PAYMENT,
        refundable_amount: 10_476,
        history: [{ before: null, after: 'succeeded', created_at: '2026-11-29T10:01:00Z' }],
      },
      'GET /admin/payments/*/refunds': list(REFUND),
    },
    STAFF,
  );
  expect(await screen.findByRole('cell', { name: 'visa 4242' })).toBeTruthy();
  expect(asked('GET /admin/payments')[0]?.query.get('status')).toBe('partially_refunded');
  await expectAccessible();
  await userEvent.click(screen.getByRole('link', { name: 'pi_123' }));
  expect(await screen.findByText('$104.76')).toBeTruthy();
  expect(await screen.findByText('Goodwill: A scratch')).toBeTruthy();
  expect(screen.getByRole('link', { name: 'To the order' }).getAttribute('href')).toBe('/admin/orders/o-1');
  await expectAccessible();
});

test('refunds lead to their payments', async () => {
  await openAdmin(
    '/admin/refunds',
    { 'GET /admin/refunds': list(REFUND, { ...REFUND, id: 'r-2', status: 'failed', note: null }) },
    READER,
  );
  const [link] = await screen.findAllByRole('link', { name: /Nov 30, 2026/ });
  expect(link?.getAttribute('href')).toBe(`/admin/payments/${ID}`);
  expect(screen.getByRole('cell', { name: 'Failed' })).toBeTruthy();
});

const DISPUTE = {
  id: 'd-1',
  payment_id: ID,
  order_id: 'o-1',
  provider_dispute_id: 'dp_1',
  amount: 5900,
  currency: 'USD',
  reason: 'product_not_received',
  status: 'needs_response',
  evidence_due_at: '2026-12-07T10:00:00Z',
  evidence: { customer_name: 'Ada Hughes' },
  evidence_submitted_at: null as string | null,
  evidence_by: null,
  opened_at: '2026-11-28T10:00:00Z',
  closed_at: null,
};

test('evidence is kept, and submitted when it is whole', async () => {
  let now = DISPUTE;
  const { asked } = await openAdmin(
    '/admin/disputes',
    {
      'GET /admin/disputes': list(DISPUTE),
      'GET /admin/disputes/*': () => now,
      'POST /admin/disputes/*/evidence': ({ body }) => {
        const { evidence, submit } = body as { evidence: typeof DISPUTE.evidence; submit: boolean };
        now = { ...now, evidence, evidence_submitted_at: submit ? '2026-11-30T12:00:00Z' : null };
        return now;
      },
    },
    STAFF,
  );
  await userEvent.click(await screen.findByRole('link', { name: 'Not received' }));
  const form = within(await screen.findByRole('form', { name: 'Evidence' }));
  expect((form.getByLabelText(/^Name of the customer/) as HTMLInputElement).value).toBe('Ada Hughes');
  await expectAccessible();
  await userEvent.type(form.getByLabelText(/^Tracking number/), '1Z999');
  await userEvent.click(form.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(asked('POST /admin/disputes/d-1/evidence')).toHaveLength(1));
  expect(asked('POST /admin/disputes/d-1/evidence')[0]?.body).toEqual({
    evidence: { customer_name: 'Ada Hughes', shipping_tracking_number: '1Z999' },
    submit: false,
  });
  await userEvent.clear(form.getByLabelText(/^Name of the customer/));
  await userEvent.click(form.getByLabelText('And submit it to the bank'));
  await userEvent.click(form.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('Submitted')).toBeTruthy();
  expect(asked('POST /admin/disputes/d-1/evidence')[1]?.body).toEqual({
    evidence: { customer_name: null, shipping_tracking_number: '1Z999' },
    submit: true,
  });
  expect(screen.queryByRole('form')).toBeNull();
  expect(screen.getByText('1Z999')).toBeTruthy();
});

const DECISION = {
  id: 'f-1',
  stage: 'authorized',
  decision: 'review',
  reasons: ['country_mismatch', 'a_new_rule'],
  checkout_id: 'c-1',
  payment_id: ID,
  order_id: 'o-1',
  user_id: null,
  ip_address: '203.0.113.9',
  card_fingerprint: null,
  risk_level: 'elevated',
  verdict: null as string | null,
  reviewed_by: null,
  reviewed_at: null,
  note: null,
  created_at: '2026-11-30T09:00:00Z',
};

test('a payment that is held is reviewed', async () => {
  const { asked } = await openAdmin(
    '/admin/fraud?held=true',
    {
      'GET /admin/fraud/decisions': list(DECISION),
      'POST /admin/fraud/decisions/*/review': { ...DECISION, verdict: 'accepted' },
    },
    STAFF,
  );
  await userEvent.click(await screen.findByRole('button', { name: /Nov 30/ }));
  expect(asked('GET /admin/fraud/decisions')[0]?.query.get('held')).toBe('true');
  const dialog = within(await screen.findByRole('dialog', { name: 'Review this payment' }));
  expect(dialog.getByText('Card and delivery are of different countries, a_new_rule')).toBeTruthy();
  expect(dialog.getByText('203.0.113.9')).toBeTruthy();
  await userEvent.selectOptions(dialog.getByLabelText('Verdict'), 'Accept: the order goes on');
  await userEvent.type(dialog.getByLabelText('Note'), 'Called the customer');
  await expectAccessible();
  await userEvent.click(dialog.getByRole('button', { name: 'Review' }));
  expect(await screen.findByText('Reviewed')).toBeTruthy();
  expect(asked('POST /admin/fraud/decisions/f-1/review')[0]?.body).toEqual({
    verdict: 'accepted',
    note: 'Called the customer',
  });
});

test('the ledger shows both sides of each movement, and what the accounts hold', async () => {
  const { asked } = await openAdmin(
    '/admin/ledger?account=sales&from=2026-11-01&to=2026-11-30',
    {
      'GET /admin/ledger': list({
        id: 'l-1',
        kind: 'payment',
        source_id: 'ch_1',
        provider: 'stripe',
        payment_id: ID,
        occurred_at: '2026-11-29T10:00:00Z',
        created_at: '2026-11-29T10:00:00Z',
        entries: [
          { account: 'provider_balance', currency: 'USD', amount: 11_476 },
          { account: 'sales', currency: 'USD', amount: -11_476 },
        ],
      }),
      'GET /admin/ledger/balances': { items: [{ account: 'sales', currency: 'USD', amount: -99_900 }] },
    },
    READER,
  );
  expect(await screen.findByText('-$999.00')).toBeTruthy();
  expect(await screen.findByText('-$114.76')).toBeTruthy();
  const query = asked('GET /admin/ledger')[0]?.query;
  expect([query?.get('account'), query?.get('created_before')]).toEqual(['sales', '2026-12-01T00:00:00.000Z']);
  await expectAccessible();
});

const DIFFERENCE = {
  id: 'x-1',
  reconciliation_id: 'y-1',
  kind: 'missing_here',
  source_id: 'txn_9',
  currency: 'USD',
  ledger_amount: null,
  provider_amount: 500,
  resolved_at: null,
  resolved_by: null,
  note: null,
  created_at: '2026-11-30T03:00:00Z',
};

test('a difference is settled with a reason', async () => {
  let differences: object[] = [DIFFERENCE];
  const { asked } = await openAdmin(
    '/admin/reconciliation',
    {
      'GET /admin/reconciliations': list({
        id: 'y-1',
        provider: 'stripe',
        day: '2026-11-29',
        provider_transactions: 12,
        ledger_transactions: 11,
        open_differences: 1,
        compared_at: '2026-11-30T03:00:00Z',
        created_at: '2026-11-30T03:00:00Z',
      }),
      'GET /admin/reconciliations/differences': () => list(...differences),
      'POST /admin/reconciliations/differences/*/resolution': () => {
        differences = [];
        return { ...DIFFERENCE, resolved_at: '2026-11-30T12:00:00Z' };
      },
    },
    STAFF,
  );
  expect(await screen.findByText('November 29, 2026')).toBeTruthy();
  await userEvent.click(await screen.findByRole('button', { name: /Not in the ledger/ }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Resolve the difference' }));
  await userEvent.type(dialog.getByLabelText('Note'), 'A fee of the bank');
  await expectAccessible();
  await userEvent.click(dialog.getByRole('button', { name: 'Resolve' }));
  expect(await screen.findByText('The books agree')).toBeTruthy();
  expect(asked('POST /admin/reconciliations/differences/x-1/resolution')[0]?.body).toEqual({
    note: 'A fee of the bank',
  });
});

test('where no day was compared yet, that is said', async () => {
  await openAdmin(
    '/admin/reconciliation',
    { 'GET /admin/reconciliations': list(), 'GET /admin/reconciliations/differences': list() },
    READER,
  );
  expect(await screen.findByText('Nothing yet')).toBeTruthy();
});

test('the room of fraud is of one checkout until that is taken away', async () => {
  const { asked } = await openAdmin(`/admin/fraud?checkout=${ID}`, { 'GET /admin/fraud/decisions': list() }, READER);
  await userEvent.click(await screen.findByRole('button', { name: 'Checkout: show others as well' }));
  const calls = () => asked('GET /admin/fraud/decisions').map(({ query }) => query.get('checkout_id'));
  await waitFor(() => expect(calls()).toHaveLength(2));
  expect(calls()[0]).toBe(ID);
  expect(calls()[1]).toBeFalsy();
});
