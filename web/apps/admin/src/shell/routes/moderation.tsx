import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { parseActionsSearch, parseAppealsSearch, parseCasesSearch, parseRulesSearch } from '../../moderation/search.ts';
import { guarded, only, root } from './root.tsx';

const cases = createRoute({
  getParentRoute: () => root,
  path: '/reports',
  validateSearch: only(parseCasesSearch),
  component: guarded(
    'reports:read',
    lazyRouteComponent(() => import('../../moderation/pages/CasesPage.tsx'), 'CasesPage'),
  ),
});

const oneCase = createRoute({
  getParentRoute: () => root,
  path: '/reports/$id',
  component: guarded(
    'reports:read',
    lazyRouteComponent(() => import('../../moderation/pages/CasePage.tsx'), 'CasePage'),
  ),
});

const appeals = createRoute({
  getParentRoute: () => root,
  path: '/appeals',
  validateSearch: only(parseAppealsSearch),
  component: guarded(
    'reports:read',
    lazyRouteComponent(() => import('../../moderation/pages/AppealsPage.tsx'), 'AppealsPage'),
  ),
});

const appeal = createRoute({
  getParentRoute: () => root,
  path: '/appeals/$id',
  component: guarded(
    'reports:read',
    lazyRouteComponent(() => import('../../moderation/pages/AppealPage.tsx'), 'AppealPage'),
  ),
});

const actions = createRoute({
  getParentRoute: () => root,
  path: '/moderation',
  validateSearch: only(parseActionsSearch),
  component: guarded(
    'reports:read',
    lazyRouteComponent(() => import('../../moderation/pages/ActionsPage.tsx'), 'ActionsPage'),
  ),
});

const rules = createRoute({
  getParentRoute: () => root,
  path: '/keyword-rules',
  validateSearch: only(parseRulesSearch),
  component: guarded(
    'reports:read',
    lazyRouteComponent(() => import('../../moderation/pages/RulesPage.tsx'), 'RulesPage'),
  ),
});

export const moderationRoutes = [cases, oneCase, appeals, appeal, actions, rules] as const;
