import { communityRoutes } from '../shell/routes/community.ts';
import { publicRoutes } from '../shell/routes/public.ts';
import { root } from '../shell/routes/root.ts';
import type { routeTree } from '../shell/routes.ts';

/** The pages that are rendered. Those of one customer are made in the browser, and stay out of the function. */
export const renderedRoutes = root.addChildren([...publicRoutes, communityRoutes]) as unknown as typeof routeTree;
