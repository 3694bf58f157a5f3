import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import {
  parseDifferencesSearch,
  parseDisputesSearch,
  parseFraudSearch,
  parseLedgerSearch,
  parsePaymentsSearch,
  parseRefundsSearch,
} from '../../payments/search.ts';
import { guarded, only, root } from './root.tsx';

const payments = createRoute({
  getParentRoute: () => root,
  path: '/payments',
  validateSearch: only(parsePaymentsSearch),
  component: guarded(
    'payments:read_all',
    lazyRouteComponent(() => import('../../payments/pages/PaymentsPage.tsx'), 'PaymentsPage'),
  ),
});

const payment = createRoute({
  getParentRoute: () => root,
  path: '/payments/$id',
  component: guarded(
    'payments:read_all',
    lazyRouteComponent(() => import('../../payments/pages/PaymentPage.tsx'), 'PaymentPage'),
  ),
});

const refunds = createRoute({
  getParentRoute: () => root,
  path: '/refunds',
  validateSearch: only(parseRefundsSearch),
  component: guarded(
    'payments:read_all',
    lazyRouteComponent(() => import('../../payments/pages/RefundsPage.tsx'), 'RefundsPage'),
  ),
});

const disputes = createRoute({
  getParentRoute: () => root,
  path: '/disputes',
  validateSearch: only(parseDisputesSearch),
  component: guarded(
    'payments:read_all',
    lazyRouteComponent(() => import('../../payments/pages/DisputesPage.tsx'), 'DisputesPage'),
  ),
});

const dispute = createRoute({
  getParentRoute: () => root,
  path: '/disputes/$id',
  component: guarded(
    'payments:read_all',
    lazyRouteComponent(() => import('../../payments/pages/DisputePage.tsx'), 'DisputePage'),
  ),
});

const fraud = createRoute({
  getParentRoute: () => root,
  path: '/fraud',
  validateSearch: only(parseFraudSearch),
  component: guarded(
    'payments:read_all',
    lazyRouteComponent(() => import('../../payments/pages/FraudPage.tsx'), 'FraudPage'),
  ),
});

const ledger = createRoute({
  getParentRoute: () => root,
  path: '/ledger',
  validateSearch: only(parseLedgerSearch),
  component: guarded(
    'payments:read_all',
    lazyRouteComponent(() => import('../../payments/pages/LedgerPage.tsx'), 'LedgerPage'),
  ),
});

const reconciliation = createRoute({
  getParentRoute: () => root,
  path: '/reconciliation',
  validateSearch: only(parseDifferencesSearch),
  component: guarded(
    'payments:read_all',
    lazyRouteComponent(() => import('../../payments/pages/ReconciliationPage.tsx'), 'ReconciliationPage'),
  ),
});

export const paymentsRoutes = [payments, payment, refunds, disputes, dispute, fraud, ledger, reconciliation] as const;
