import { accountRoutes } from './routes/account.ts';
import { communityRoutes } from './routes/community.ts';
import { identityRoutes } from './routes/identity.ts';
import { publicRoutes } from './routes/public.ts';
import { purchaseRoutes } from './routes/purchase.ts';
import { root } from './routes/root.ts';
import { writingRoutes } from './routes/writing.ts';

export const routeTree = root.addChildren([
  ...publicRoutes,
  communityRoutes,
  ...writingRoutes,
  ...purchaseRoutes,
  ...identityRoutes,
  accountRoutes,
]);
