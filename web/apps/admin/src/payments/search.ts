import { readSearch } from '@sharestack/console/readSearch.ts';

export const PAYMENT_STATES = [
  'requires_payment',
  'requires_action',
  'processing',
  'failed',
  'canceled',
  'succeeded',
  'partially_refunded',
  'refunded',
] as const;
export const REFUND_STATES = ['pending', 'succeeded', 'failed'] as const;
export const ACCOUNTS = [
  'customer_receivable',
  'provider_balance',
  'provider_fees',
  'sales',
  'tax',
  'shipping',
  'refunds',
  'disputes',
  'bank',
  'currency_exchange',
] as const;

export const parsePaymentsSearch = (raw: Record<string, unknown>) =>
  readSearch(raw, { status: PAYMENT_STATES, order: 'id', customer: 'id' });
export type PaymentsSearch = ReturnType<typeof parsePaymentsSearch>;

export const parseRefundsSearch = (raw: Record<string, unknown>) =>
  readSearch(raw, { status: REFUND_STATES, customer: 'id' });
export type RefundsSearch = ReturnType<typeof parseRefundsSearch>;

export const DISPUTE_STATES = [
  'needs_response',
  'under_review',
  'won',
  'lost',
  'warning_needs_response',
  'warning_under_review',
  'warning_closed',
  'prevented',
] as const;

export const parseDisputesSearch = (raw: Record<string, unknown>) => readSearch(raw, { status: DISPUTE_STATES });
export type DisputesSearch = ReturnType<typeof parseDisputesSearch>;

export const parseFraudSearch = (raw: Record<string, unknown>) =>
  readSearch(raw, { decision: ['allow', 'review', 'block'], held: ['true'], checkout: 'id' });
export type FraudSearch = ReturnType<typeof parseFraudSearch>;

export const parseLedgerSearch = (raw: Record<string, unknown>) =>
  readSearch(raw, { account: ACCOUNTS, payment: 'id', from: 'day', to: 'day' });
export type LedgerSearch = ReturnType<typeof parseLedgerSearch>;

export const parseDifferencesSearch = (raw: Record<string, unknown>) => readSearch(raw, { resolved: ['true'] });
export type DifferencesSearch = ReturnType<typeof parseDifferencesSearch>;
