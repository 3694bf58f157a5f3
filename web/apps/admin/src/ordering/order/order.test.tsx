import { type Answers, type Call, problem } from '@sharestack/testing/api.ts';
import { expectAccessible } from '@sharestack/testing/axe.ts';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { openAdmin } from '../../testing/open.tsx';
import { ITEM, ORDER, PAYMENT, SHIPMENT } from '../../testing/order.ts';
import type { Note } from './queries.ts';

const READ = ['orders:read_all'];
const ALL = [...READ, 'orders:write', 'payments:read_all', 'payments:refund'];
const NOTHING = { items: [], next_cursor: null };

const open = (order: object, answers: Answers = {}, permissions = ALL) =>
  openAdmin(
    '/admin/orders/o-1',
    {
      'GET /admin/orders/o-1': order,
      'GET /admin/orders/o-1/notes': NOTHING,
      'GET /admin/payments/pay-1': PAYMENT,
      'GET /admin/payments/pay-1/refunds': NOTHING,
      'GET /admin/fraud/decisions': NOTHING,
      ...answers,
    },
    { permissions },
  );

const card = async (name: string) => within(await screen.findByRole('region', { name }));
const dialog = async (name: string) => within(await screen.findByRole('dialog', { name }));
const fill = async (field: HTMLElement, text: string) => {
  await userEvent.clear(field);
  if (text) await userEvent.type(field, text);
};

test('an order shows lines, amounts, addresses, payment and what happened', async () => {
  await open({ ...ORDER, shipments: [SHIPMENT] });
  expect(await screen.findByRole('heading', { level: 1, name: 'JFWGV-8GGZM' })).toBeTruthy();
  const lines = await card('Items');
  expect(lines.getByText('POT-L · 3 to go')).toBeTruthy();
  expect(lines.getByText('$34.00')).toBeTruthy();
  expect(lines.getByText('-$1.00')).toBeTruthy();
  expect((await card('Customer')).getByText('United Kingdom')).toBeTruthy();
  const payment = await card('Payment');
  expect(payment.getByText('visa ending in 4242')).toBeTruthy();
  expect(await payment.findByText('$32.00')).toBeTruthy();
  const timeline = await card('Timeline');
  expect(timeline.getByText(/^Refund: Refunded/).textContent).toContain('$2.00');
  expect(timeline.getByText(/· you$/)).toBeTruthy();
  expect((await card('Shipments')).getByRole('link', { name: 'Track' })).toBeTruthy();
  await expectAccessible();
});

test('who may only read is offered nothing else, and is not told of payments', async () => {
  const { calls } = await open({ ...ORDER, shipments: [SHIPMENT] }, {}, READ);
  await card('Shipments');
  for (const name of ['Ship', 'Refund', 'Cancel the order', 'Correct', 'Add', 'Mark as delivered']) {
    expect(screen.queryByRole('button', { name })).toBeNull();
  }
  expect(calls.some(({ path }) => path.startsWith('/admin/payments'))).toBe(false);
});

test('the timeline leads to a return, and attempts to pay say how they were judged', async () => {
  const entry = { ...ORDER.timeline[0], kind: 'return', status: 'requested', before: null, reference: 'rt-1' };
  const held = {
    id: 'f-1',
    stage: 'charge',
    decision: 'review',
    reasons: ['elevated_risk', 'unknown_rule'],
    checkout_id: 'k-1',
    payment_id: 'pay-1',
    order_id: 'o-1',
    user_id: null,
    ip_address: '203.0.113.7',
    card_fingerprint: null,
    risk_level: 'elevated',
    verdict: null,
    reviewed_by: null,
    reviewed_at: null,
    note: null,
    created_at: '2026-11-30T05:25:00Z',
  };
  const allowed = { ...held, id: 'f-2', decision: 'allow', reasons: [], verdict: 'accepted' };
  const { asked } = await open(
    { ...ORDER, timeline: [entry] },
    { 'GET /admin/fraud/decisions': { items: [held, allowed], next_cursor: null } },
  );
  const link = (await card('Timeline')).getByRole('link', { name: 'Return: requested' });
  expect(link.getAttribute('href')).toBe('/admin/returns/rt-1');
  const attempts = await card('Attempts to pay');
  expect(await attempts.findByText('The provider sees an elevated risk · unknown_rule')).toBeTruthy();
  expect(attempts.getByText('To be reviewed')).toBeTruthy();
  expect(asked('GET /admin/fraud/decisions')[0]?.query.get('checkout_id')).toBe('k-1');
  const room = attempts.getByRole('link', { name: 'Fraud' });
  expect(room.getAttribute('href')).toBe('/admin/fraud?checkout=k-1');
  const [first] = attempts.getAllByRole('button');
  if (first) await userEvent.click(first);
  expect((await dialog('Review this payment')).getByText('203.0.113.7')).toBeTruthy();
  await expectAccessible();
});

test('who may look at people is led to the customer', async () => {
  await open(ORDER, {}, [...READ, 'users:read']);
  expect((await card('Customer')).getByRole('link', { name: 'c-1' }).getAttribute('href')).toBe('/admin/customers/c-1');
});

test('an order that is not there is said to be missing', async () => {
  await open(() => problem(404, 'order_not_found'));
  expect(await screen.findByText('This is not there (any more).')).toBeTruthy();
});

test('a status is changed at the version that was seen; who was faster is told of, and the next press is about now', async () => {
  let now = ORDER as object;
  const { asked } = await open(() => now, {
    'PUT /admin/orders/o-1': ({ body }) => {
      if ((body as { version: number }).version === 3) return { ...ORDER, version: 4, status: 'cancelled', moves: [] };
      now = { ...ORDER, version: 3 };
      return problem(409, 'version_conflict', { current_version: 3 });
    },
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Cancel the order' }));
  const asking = await dialog('Cancel the order');
  await userEvent.type(asking.getByLabelText('Reason'), 'asked by phone');
  await userEvent.click(asking.getByRole('button', { name: 'Cancel the order' }));
  expect(await asking.findByText(/Somebody else changed this order/)).toBeTruthy();
  await expectAccessible();
  await waitFor(() => expect(asked('GET /admin/orders/o-1').length).toBe(2));
  now = { ...ORDER, version: 4, status: 'cancelled', moves: [] };
  await userEvent.click(asking.getByRole('button', { name: 'Cancel the order' }));
  expect(await screen.findByText('Status changed.')).toBeTruthy();
  expect(asked('PUT /admin/orders/o-1').map(({ body }) => body)).toEqual([
    { status: 'cancelled', version: 2, reason: 'asked by phone' },
    { status: 'cancelled', version: 3, reason: 'asked by phone' },
  ]);
  expect(screen.queryByRole('button', { name: 'Cancel the order' })).toBeNull();
});

test('a move that is not possible any more is not done', async () => {
  let now = ORDER as object;
  const { asked } = await open(() => now, {
    'PUT /admin/orders/o-1': () => {
      now = { ...ORDER, version: 3, status: 'shipped', moves: [] };
      return problem(409, 'illegal_status_move');
    },
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Start packing' }));
  const asking = await dialog('Start packing');
  const press = () => userEvent.click(asking.getByRole('button', { name: 'Start packing' }));
  await press();
  expect(await asking.findByText(/not possible any more/)).toBeTruthy();
  await press();
  expect(asked('PUT /admin/orders/o-1')).toHaveLength(1);
});

test('who lost the right while the page was open is told so', async () => {
  await open({ ...ORDER, shipments: [SHIPMENT] }, { 'PATCH /shipments/s-1': () => problem(403, 'permission_denied') });
  await userEvent.click(await screen.findByRole('button', { name: 'Mark as delivered' }));
  expect(await screen.findByText('You may not do this any more.')).toBeTruthy();
});

test('a parcel holds the units that were written, and a refusal shows what is left', async () => {
  const sent: Call[] = [];
  let left = 3;
  await open(() => ({ ...ORDER, items: [{ ...ITEM, remaining_quantity: left }] }), {
    'POST /admin/orders/o-1/shipments': (call) => {
      sent.push(call);
      if (sent.length > 1) return SHIPMENT;
      left = 1;
      return problem(409, 'units_exceeded');
    },
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Ship' }));
  const parcel = await dialog('Ship a parcel');
  await userEvent.selectOptions(parcel.getByLabelText(/^Carrier/), 'UPS');
  const send = () => userEvent.click(parcel.getByRole('button', { name: /^Ship and/ }));
  await fill(parcel.getByLabelText(/^Clay Pot/), '0');
  await send();
  expect(await parcel.findByText('Please write at least one unit.')).toBeTruthy();
  await fill(parcel.getByLabelText(/^Clay Pot/), '4');
  await send();
  expect(await parcel.findByText('Please write a number from 0 to 3.')).toBeTruthy();
  await fill(parcel.getByLabelText(/^Clay Pot/), '2');
  await userEvent.type(parcel.getByLabelText(/^Tracking/), '1Z 999');
  await expectAccessible();
  await send();
  expect(await parcel.findByLabelText(/at most 1/)).toBeTruthy();
  await send();
  expect(await screen.findByText('Shipped; the customer is told by mail.')).toBeTruthy();
  expect(sent[0]?.body).toEqual({
    lines: [{ order_item_id: 'i-1', quantity: 2 }],
    carrier: 'ups',
    tracking_number: '1Z 999',
  });
  expect(sent[0]?.headers.get('idempotency-key')).toBeTruthy();
});

test('a parcel is corrected; what somebody else wrote meanwhile is compared', async () => {
  let version = 1;
  const sent: object[] = [];
  await open(() => ({ ...ORDER, shipments: [{ ...SHIPMENT, version, carrier: version > 1 ? 'ups' : 'dhl' }] }), {
    'PATCH /shipments/s-1': ({ body }) => {
      sent.push(body as object);
      if ((body as { version: number }).version === 2) return { ...SHIPMENT, version: 3 };
      version = 2;
      return problem(409, 'version_conflict');
    },
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Correct the shipment' }));
  const form = await dialog('Correct the shipment');
  await fill(form.getByLabelText(/^Tracking/), 'CD 456');
  await userEvent.click(form.getByRole('button', { name: 'Save' }));
  const compare = await dialog('Somebody else changed this');
  expect(compare.getByRole('cell', { name: 'UPS' })).toBeTruthy();
  await userEvent.click(compare.getByRole('button', { name: 'Keep mine' }));
  await waitFor(() => expect(sent.at(-1)).toEqual({ carrier: 'dhl', tracking_number: 'CD 456', version: 2 }));
});

test('an address is corrected with what it had, and another country is refused in words', async () => {
  const sent: object[] = [];
  await open(ORDER, {
    'PUT /admin/orders/o-1/shipping-address': ({ body }) => {
      sent.push(body as object);
      return sent.length > 1 ? { ...ORDER, version: 3 } : problem(409, 'destination_differs');
    },
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Correct' }));
  const form = await dialog('Correct the shipping address');
  await fill(form.getByLabelText(/^Address$/), '14 Square');
  await userEvent.type(form.getByLabelText(/^Region/), 'Scotland');
  await userEvent.click(form.getByRole('button', { name: 'Save' }));
  expect(await form.findByText(/^Country and region stay/)).toBeTruthy();
  await fill(form.getByLabelText(/^Region/), '');
  await userEvent.click(form.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('Address corrected.')).toBeTruthy();
  expect(sent[1]).toMatchObject({ address: { line1: '14 Square', country: 'GB', region: null }, version: 2 });
});

test('an amount is refunded once; what somebody else refunded meanwhile is said', async () => {
  const sent: Call[] = [];
  let left = 3200;
  await open(ORDER, {
    'GET /admin/payments/pay-1': () => ({ ...PAYMENT, refundable_amount: left }),
    'POST /admin/payments/pay-1/refunds': (call) => {
      sent.push(call);
      if (sent.length > 1) return { id: 'r-2' };
      left = 500;
      return problem(409, 'refund_exceeds_payment', { refundable_amount: 500 });
    },
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Refund' }));
  const form = await dialog('Refund the customer');
  await userEvent.click(form.getByLabelText('An amount'));
  const amount = () => form.getByLabelText(/^Amount/);
  const send = () => userEvent.click(form.getByRole('button', { name: 'Refund' }));
  await fill(amount(), '99');
  await send();
  expect(await form.findByText('Please write a number from 0.01 to 32.00.')).toBeTruthy();
  await fill(amount(), '20');
  await userEvent.selectOptions(form.getByLabelText(/^Reason/), 'Goodwill');
  await send();
  expect(await form.findByText('Somebody else refunded meanwhile: only $5.00 is left to refund.')).toBeTruthy();
  await waitFor(() => expect(form.getByRole('status').textContent).toContain('$5.00'));
  await expectAccessible();
  await fill(amount(), '5');
  await send();
  expect(await screen.findByText('The refund is under way.')).toBeTruthy();
  expect(sent.map(({ body }) => (body as { amount: number }).amount)).toEqual([2000, 500]);
  expect(sent[0]?.headers.get('idempotency-key')).not.toBe(sent[1]?.headers.get('idempotency-key'));
});

test('units are refunded, of which some may stay out of stock; without units nothing is asked', async () => {
  const sent: object[] = [];
  const item = { ...ITEM, handed_over_quantity: 1, remaining_quantity: 2 };
  await open(
    { ...ORDER, items: [item] },
    {
      'POST /admin/payments/pay-1/refunds': ({ body }) => {
        sent.push(body as object);
        return { id: 'r-2' };
      },
    },
  );
  const start = async (how: string) => {
    await userEvent.click(await screen.findByRole('button', { name: 'Refund' }));
    const form = await dialog('Refund the customer');
    await userEvent.click(form.getByLabelText(how));
    return form;
  };
  const form = await start('Chosen items');
  const send = () => userEvent.click(screen.getAllByRole('button', { name: 'Refund' }).at(-1) as HTMLElement);
  await send();
  expect(await form.findByText('Please write at least one unit.')).toBeTruthy();
  await userEvent.type(form.getByLabelText(/^Clay Pot/), '1');
  await userEvent.selectOptions(form.getByLabelText('Back to stock'), 'None of it');
  await userEvent.click(form.getByLabelText('They are units that the customer has'));
  await send();
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  await start('All that is left');
  await send();
  await waitFor(() => expect(sent).toHaveLength(2));
  const about = { reason: 'requested_by_customer', note: null };
  expect(sent).toEqual([
    { ...about, lines: [{ order_item_id: 'i-1', quantity: 1, restock: false, handed_over: true }] },
    about,
  ]);
});

test('notes are written and deleted', async () => {
  const notes: Partial<Note>[] = [
    { id: 'n-1', author_id: 'u-1', body: 'Rings twice.', created_at: '2026-11-30T05:24:46Z' },
  ];
  await open(ORDER, {
    'GET /admin/orders/o-1/notes': () => ({ items: notes, next_cursor: null }),
    'POST /admin/orders/o-1/notes': ({ body }) => {
      const note = {
        ...notes[0],
        id: 'n-2',
        author_id: null,
        body: (body as { body: string }).body,
      };
      notes.push(note);
      return note;
    },
    'DELETE /admin/orders/o-1/notes/n-1': () => {
      notes.shift();
      return new Response(null, { status: 204 });
    },
  });
  const room = await card('Notes');
  await room.findByText('Rings twice.');
  await userEvent.click(room.getByRole('button', { name: 'Add the note' }));
  expect(await room.findByText('Please fill this in.')).toBeTruthy();
  await userEvent.type(room.getByRole('textbox', { name: /^New note/ }), 'Call before noon.');
  await userEvent.click(room.getByRole('button', { name: 'Add the note' }));
  expect(await room.findByText('Call before noon.')).toBeTruthy();
  expect(await screen.findByText('The note is added')).toBeTruthy();
  await userEvent.click(room.getByRole('button', { name: /^Delete the note: Rings/ }));
  const asking = await dialog('Delete the note');
  await userEvent.click(asking.getByRole('button', { name: 'Delete the note' }));
  await waitFor(() => expect(screen.queryByText('Rings twice.')).toBeNull());
});

test('the invoice is issued by asking for it; a credit note that fails is told', async () => {
  URL.createObjectURL = vi.fn(() => 'blob:invoice');
  URL.revokeObjectURL = vi.fn();
  const pdf = () => new Response('%PDF', { headers: { 'content-type': 'application/pdf' } });
  await open(ORDER, {
    'GET /orders/o-1/invoice': pdf,
    'GET /orders/o-1/credit-notes/CN-1': () => problem(404, 'credit_note_not_found'),
  });
  const documents = await card('Documents');
  await userEvent.click(documents.getByRole('button', { name: 'Issue and download the invoice' }));
  await waitFor(() => expect(URL.createObjectURL).toHaveBeenCalledTimes(1));
  await userEvent.click(documents.getByRole('button', { name: 'Credit note CN-1' }));
  expect(await screen.findByText(/^That did not work/)).toBeTruthy();
});

test('an order that is not paid has no payment, no documents, and perhaps nothing to ship', async () => {
  await open({
    ...ORDER,
    status: 'pending',
    payment: null,
    paid_at: null,
    items: [{ ...ITEM, requires_shipping: false }],
    coupons: [],
    shipping_address: null,
    billing_address: ORDER.shipping_address,
    prices_include_tax: true,
    user_id: null,
    moves: ['cancelled'],
    documents: [],
  });
  expect((await card('Payment')).getByText('Nothing is paid yet.')).toBeTruthy();
  expect((await card('Customer')).getByText('Guest without an account')).toBeTruthy();
  expect((await card('Items')).getByText('Tax included')).toBeTruthy();
  expect(screen.queryByRole('region', { name: 'Shipments' })).toBeNull();
  await expectAccessible();
});
