import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { parseReviewsSearch } from '../../catalog/reviews/search.ts';
import { guarded, only, root } from './root.tsx';

const reviews = createRoute({
  getParentRoute: () => root,
  path: '/reviews',
  validateSearch: only(parseReviewsSearch),
  component: guarded(
    'reviews:moderate',
    lazyRouteComponent(() => import('../../catalog/reviews/pages/ReviewsPage.tsx'), 'ReviewsPage'),
  ),
});

export const reviewsRoutes = [reviews] as const;
