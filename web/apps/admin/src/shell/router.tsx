import { createBrowserHistory, createRouter, type RouterHistory } from '@tanstack/react-router';
import { FailedPage } from './FailedPage.tsx';
import { analyticsRoutes } from './routes/analytics.tsx';
import { catalogRoutes } from './routes/catalog.tsx';
import { identityRoutes } from './routes/identity.tsx';
import { moderationRoutes } from './routes/moderation.tsx';
import { operationsRoutes } from './routes/operations.tsx';
import { orderingRoutes } from './routes/ordering.tsx';
import { paymentsRoutes } from './routes/payments.tsx';
import { pricingRoutes } from './routes/pricing.tsx';
import { reviewsRoutes } from './routes/reviews.tsx';
import { root } from './routes/root.tsx';

const routeTree = root.addChildren([
  ...operationsRoutes,
  ...orderingRoutes,
  ...catalogRoutes,
  ...pricingRoutes,
  ...paymentsRoutes,
  ...moderationRoutes,
  ...identityRoutes,
  ...analyticsRoutes,
  ...reviewsRoutes,
]);

export function createAdminRouter(history: RouterHistory = createBrowserHistory()) {
  return createRouter({
    routeTree,
    basepath: '/admin',
    history,
    scrollRestoration: true,
    defaultErrorComponent: FailedPage,
  });
}

export type AdminRouter = ReturnType<typeof createAdminRouter>;

declare module '@tanstack/react-router' {
  interface Register {
    router: AdminRouter;
  }
}
