import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { openAdmin } from '../testing/open.tsx';

const AT = '2026-11-30T10:00:00Z';
const MOVED = { account: 'sales', currency: 'USD', amount: -100 };
const FRAUD = {
  id: 'f-1',
  decision: 'block',
  reasons: ['stolen_card', 'high_amount'],
  risk_level: null,
  verdict: null,
  created_at: AT,
};
const ACTION = {
  id: 'a-1',
  kind: 'suspend',
  target: { kind: 'post', id: 'p-1' },
  case_id: 'c-1',
  moderator_id: null,
  user_id: 'u-9',
  reason: '=Spam',
  ends_at: AT,
  undone_at: null,
  created_at: AT,
};
const CASE = {
  id: 'c-1',
  target: { kind: 'post', id: 'p-1' },
  owner: null,
  status: 'resolved',
  report_count: 2,
  reasons: { spam: 2 },
  is_held: false,
  snapshot: null,
  claim: null,
  created_at: AT,
};
const RULE = {
  id: 'k-1',
  phrase: 'profit',
  action: 'hold',
  language: null,
  is_active: false,
  note: 'Scams',
  match_count: 3,
  version: 1,
};
const REFUND = {
  id: 'r-1',
  payment_id: 'p-1',
  amount: 500,
  currency: 'USD',
  status: 'failed',
  reason: 'other',
  note: null,
  actor: 'grace',
  created_at: AT,
};
const MOVEMENT = { id: 'l-1', kind: 'fee', payment_id: null, occurred_at: AT, entries: [MOVED] };
const DIFFERENCE = {
  id: 'x-1',
  kind: 'amount_differs',
  source_id: 'txn_1',
  currency: 'USD',
  ledger_amount: 1,
  provider_amount: 2,
  resolved_at: AT,
  created_at: AT,
};
const DISPUTE = {
  id: 'd-1',
  amount: 900,
  currency: 'EUR',
  reason: 'fraudulent',
  status: 'lost',
  evidence_due_at: null,
  opened_at: AT,
  closed_at: AT,
};
const ENTRY = {
  id: 'e-1',
  action: 'coupon.changed',
  subject_type: 'coupon',
  subject_id: '0190aaaa-0000-7000-8000-000000000001',
  actor_id: null,
  actor_kind: 'system',
  reason: null,
  created_at: AT,
};
const ALL = ['payments:read_all', 'reports:read', 'keywords:write', 'audit:read'];

test.each([
  ['/admin/fraud', 'GET /admin/fraud/decisions', FRAUD, `${AT},block,"stolen_card, high_amount",,`],
  ['/admin/moderation', 'GET /admin/moderation/actions', ACTION, `Suspend from writing,post,'=Spam,${AT},${AT}`],
  ['/admin/reports?status=resolved', 'GET /admin/reports', CASE, `,–,2,Spam,${AT},Resolved`],
  ['/admin/keyword-rules', 'GET /admin/keyword-rules', RULE, 'profit,Not active,,3,Scams'],
  ['/admin/refunds', 'GET /admin/refunds', REFUND, `${AT},500 USD,other,,Failed`],
  ['/admin/ledger', 'GET /admin/ledger', MOVEMENT, `${AT},fee,sales -100 USD,`],
  [
    '/admin/reconciliation',
    'GET /admin/reconciliations/differences',
    DIFFERENCE,
    `amount_differs txn_1,2 USD,1 USD,${AT},Resolved`,
  ],
  ['/admin/disputes', 'GET /admin/disputes', DISPUTE, `fraudulent,900 EUR,,${AT},lost`],
  ['/admin/audit', 'GET /admin/audit', ENTRY, `coupon.changed,coupon ${ENTRY.subject_id},system,,${AT}`],
])('%s is a file as well, without formulas', async (path, call, row, line) => {
  let blob: Blob | undefined;
  vi.stubGlobal(
    'URL',
    Object.assign(URL, {
      createObjectURL: (file: Blob) => {
        blob = file;
        return 'blob:list';
      },
      revokeObjectURL: () => undefined,
    }),
  );
  await openAdmin(
    path,
    {
      [call]: { items: [row], next_cursor: null, open: [] },
      'GET /admin/ledger/balances': { items: [] },
      'GET /admin/reconciliations': { items: [], next_cursor: null },
    },
    { permissions: ALL },
  );
  await userEvent.click(await screen.findByRole('button', { name: /^Export CSV/ }));
  expect((await blob?.text())?.split('\r\n')[1]).toBe(line);
});
