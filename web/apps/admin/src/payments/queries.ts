import { type Api, type Schemas, take } from '@sharestack/api/client.ts';
import { growingListQuery } from '@sharestack/api/growingList.ts';
import { cursorPages } from '@sharestack/api/pages.ts';
import { queryOptions } from '@tanstack/react-query';
import type {
  DifferencesSearch,
  DisputesSearch,
  FraudSearch,
  LedgerSearch,
  PaymentsSearch,
  RefundsSearch,
} from './search.ts';

export type PaymentRow = Schemas['AdminPayment'];
export type Payment = Schemas['AdminPaymentDetail'];
export type Refund = Schemas['Refund'];
export type Dispute = Schemas['Dispute'];
export type Evidence = Schemas['DisputeEvidence'];
export type FraudDecision = Schemas['FraudDecision'];
export type Movement = Schemas['LedgerTransaction'];
export type Balance = Schemas['LedgerBalance'];
export type Comparison = Schemas['Reconciliation'];
export type Difference = Schemas['ReconciliationDifference'];

export const PAGE_SIZE = 50;
const SOME = 20;
const LATEST = 5;
const DAY = 86_400_000;
export const DISPUTES_KEY = ['disputes'] as const;
export const FRAUD_KEY = ['fraud'] as const;
export const BOOKS_KEY = ['books'] as const;
export const COUNTERS_KEY = ['counters'] as const;

/** Everybody's payments, the newest first. */
export const paymentsQuery = (api: Api, search: PaymentsSearch) =>
  cursorPages<PaymentRow>({
    queryKey: ['payments', 'list', search],
    fetchPage: (cursor) =>
      take(
        api.GET('/api/v1/admin/payments', {
          params: {
            query: {
              status: search.status ?? null,
              order_id: search.order ?? null,
              user_id: search.customer ?? null,
              limit: PAGE_SIZE,
              cursor,
            },
          },
        }),
      ),
  });

/** What a customer paid last. */
export const latestPaymentsQuery = (api: Api, userId: string) =>
  queryOptions({
    queryKey: ['payments', 'latest', userId],
    queryFn: () => take(api.GET('/api/v1/admin/payments', { params: { query: { user_id: userId, limit: LATEST } } })),
    select: ({ items }) => items,
  });

export const paymentQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: ['payments', 'one', id],
    queryFn: () => take(api.GET('/api/v1/admin/payments/{payment_id}', { params: { path: { payment_id: id } } })),
  });

export const refundsOfQuery = (api: Api, id: string) =>
  growingListQuery<Refund>(['payments', 'refunds', id], (cursor) =>
    take(
      api.GET('/api/v1/admin/payments/{payment_id}/refunds', {
        params: { path: { payment_id: id }, query: { limit: SOME, cursor } },
      }),
    ),
  );

export const refundsQuery = (api: Api, search: RefundsSearch) =>
  cursorPages<Refund>({
    queryKey: ['refunds', search],
    fetchPage: (cursor) =>
      take(
        api.GET('/api/v1/admin/refunds', {
          params: {
            query: { status: search.status ?? null, user_id: search.customer ?? null, limit: PAGE_SIZE, cursor },
          },
        }),
      ),
  });

export const disputesQuery = (api: Api, search: DisputesSearch) =>
  cursorPages<Dispute>({
    queryKey: [...DISPUTES_KEY, 'list', search],
    fetchPage: (cursor) =>
      take(
        api.GET('/api/v1/admin/disputes', {
          params: { query: { status: search.status ?? null, limit: PAGE_SIZE, cursor } },
        }),
      ),
  });

export const disputeQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: [...DISPUTES_KEY, 'one', id],
    queryFn: () => take(api.GET('/api/v1/admin/disputes/{dispute_id}', { params: { path: { dispute_id: id } } })),
  });

export const giveEvidence = (api: Api, id: string, evidence: Evidence, submit: boolean) =>
  take(
    api.POST('/api/v1/admin/disputes/{dispute_id}/evidence', {
      params: { path: { dispute_id: id } },
      body: { evidence, submit },
    }),
  );

/** Attempts to pay as they were judged; what is held waits for somebody. */
export const fraudQuery = (api: Api, search: FraudSearch) =>
  cursorPages<FraudDecision>({
    queryKey: [...FRAUD_KEY, search],
    fetchPage: (cursor) =>
      take(
        api.GET('/api/v1/admin/fraud/decisions', {
          params: {
            query: {
              decision: search.decision ?? null,
              held: search.held === 'true',
              checkout_id: search.checkout ?? null,
              limit: PAGE_SIZE,
              cursor,
            },
          },
        }),
      ),
  });

/** How attempts to pay one checkout were judged, the latest first. */
export const attemptsQuery = (api: Api, checkoutId: string) =>
  growingListQuery<FraudDecision>([...FRAUD_KEY, 'of', checkoutId], (cursor) =>
    take(
      api.GET('/api/v1/admin/fraud/decisions', {
        params: { query: { checkout_id: checkoutId, limit: LATEST, cursor } },
      }),
    ),
  );

export const reviewDecision = (api: Api, id: string, verdict: 'accepted' | 'rejected', note: string) =>
  take(
    api.POST('/api/v1/admin/fraud/decisions/{decision_id}/review', {
      params: { path: { decision_id: id } },
      body: { verdict, note },
    }),
  );

export const ledgerQuery = (api: Api, search: LedgerSearch) =>
  cursorPages<Movement>({
    queryKey: [...BOOKS_KEY, 'ledger', search],
    fetchPage: (cursor) =>
      take(
        api.GET('/api/v1/admin/ledger', {
          params: {
            query: {
              account: search.account ?? null,
              payment_id: search.payment ?? null,
              created_from: search.from ? `${search.from}T00:00:00Z` : null,
              created_before: search.to ? new Date(Date.parse(search.to) + DAY).toISOString() : null,
              limit: PAGE_SIZE,
              cursor,
            },
          },
        }),
      ),
  });

export const balancesQuery = (api: Api) =>
  queryOptions({
    queryKey: [...BOOKS_KEY, 'balances'],
    queryFn: () => take(api.GET('/api/v1/admin/ledger/balances')),
    select: ({ items }) => items,
  });

export const comparisonsQuery = (api: Api) =>
  queryOptions({
    queryKey: [...BOOKS_KEY, 'comparisons'],
    queryFn: () => take(api.GET('/api/v1/admin/reconciliations', { params: { query: { limit: SOME } } })),
    select: ({ items }) => items,
  });

export const differencesQuery = (api: Api, search: DifferencesSearch) =>
  cursorPages<Difference>({
    queryKey: [...BOOKS_KEY, 'differences', search],
    fetchPage: (cursor) =>
      take(
        api.GET('/api/v1/admin/reconciliations/differences', {
          params: { query: { unresolved: search.resolved !== 'true', limit: PAGE_SIZE, cursor } },
        }),
      ),
  });

export const resolveDifference = (api: Api, id: string, note: string) =>
  take(
    api.POST('/api/v1/admin/reconciliations/differences/{difference_id}/resolution', {
      params: { path: { difference_id: id } },
      body: { note },
    }),
  );
