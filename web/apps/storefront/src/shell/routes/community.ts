import { createRoute, redirect } from '@tanstack/react-router';
import { parseFindSearch } from '../../community/finding/search.ts';
import { parseFeedSearch, parseListSearch } from '../../community/search.ts';
import { lazyPage } from '../lazyPage.ts';
import { loaderTools } from '../prefetch.ts';
import { root } from './root.ts';

const MOVED = 301;
const LOADERS = 'src/community/loaders.ts';
const loaders = () => import('../../community/loaders.ts');

/** What the pages of the community have in common: hearing of what is new, and the way to report something. */
const community = createRoute({
  getParentRoute: () => root,
  id: 'community',
  component: lazyPage(() => import('../CommunityLayout.tsx'), 'CommunityLayout'),
  staticData: { module: 'src/shell/CommunityLayout.tsx', loaders: LOADERS, isShortLived: true },
});

const feed = createRoute({
  getParentRoute: () => community,
  path: '/feed',
  component: lazyPage(() => import('../../community/pages/FeedPage.tsx'), 'FeedPage'),
  staticData: { module: 'src/community/pages/FeedPage.tsx' },
  validateSearch: parseFeedSearch,
  loaderDeps: ({ search }) => search,
  loader: async ({ context, deps }) => (await loaders()).loadFeed(loaderTools(context), deps),
});

const post = createRoute({
  getParentRoute: () => community,
  path: '/posts/$id',
  component: lazyPage(() => import('../../community/pages/PostPage.tsx'), 'PostPage'),
  staticData: { module: 'src/community/pages/PostPage.tsx' },
  loader: async ({ context, params }) => (await loaders()).loadPost(loaderTools(context), params.id),
});

const profile = createRoute({
  getParentRoute: () => community,
  path: '/@{$name}',
  component: lazyPage(() => import('../../community/pages/ProfilePage.tsx'), 'ProfilePage'),
  staticData: { module: 'src/community/pages/ProfilePage.tsx' },
  validateSearch: parseListSearch,
  loaderDeps: ({ search }) => search,
  loader: async ({ context, params, deps }) => {
    const moved = await (await loaders()).loadProfile(loaderTools(context), params.name, deps);
    if (moved) throw redirect({ to: '/@{$name}', params: { name: moved.name }, search: deps, statusCode: MOVED });
  },
});

const ticker = createRoute({
  getParentRoute: () => community,
  path: '/t/$symbol',
  component: lazyPage(() => import('../../community/pages/TickerPage.tsx'), 'TickerPage'),
  staticData: { module: 'src/community/pages/TickerPage.tsx' },
  validateSearch: parseListSearch,
  loaderDeps: ({ search }) => search,
  loader: async ({ context, params, deps }) => {
    const moved = await (await loaders()).loadTicker(loaderTools(context), params.symbol, deps);
    if (moved) throw redirect({ to: '/t/$symbol', params: { symbol: moved.name }, search: deps, statusCode: MOVED });
  },
});

const hashtag = createRoute({
  getParentRoute: () => community,
  path: '/tag/$tag',
  component: lazyPage(() => import('../../community/pages/HashtagPage.tsx'), 'HashtagPage'),
  staticData: { module: 'src/community/pages/HashtagPage.tsx' },
  validateSearch: parseListSearch,
  loaderDeps: ({ search }) => search,
  loader: async ({ context, params, deps }) => {
    const moved = await (await loaders()).loadHashtag(loaderTools(context), params.tag, deps);
    if (moved) throw redirect({ to: '/tag/$tag', params: { tag: moved.name }, search: deps, statusCode: MOVED });
  },
});

const find = createRoute({
  getParentRoute: () => community,
  path: '/find',
  component: lazyPage(() => import('../../community/pages/FindPage.tsx'), 'FindPage'),
  staticData: { module: 'src/community/pages/FindPage.tsx' },
  validateSearch: parseFindSearch,
  loaderDeps: ({ search }) => search,
  loader: async ({ context, deps }) => (await loaders()).loadFind(loaderTools(context), deps),
});

const groups = createRoute({
  getParentRoute: () => community,
  path: '/groups',
  component: lazyPage(() => import('../../community/pages/GroupsPage.tsx'), 'GroupsPage'),
  staticData: { module: 'src/community/pages/GroupsPage.tsx' },
  loader: async ({ context }) => (await loaders()).loadGroups(loaderTools(context)),
});

const group = createRoute({
  getParentRoute: () => community,
  path: '/groups/$slug',
  component: lazyPage(() => import('../../community/pages/GroupPage.tsx'), 'GroupPage'),
  staticData: { module: 'src/community/pages/GroupPage.tsx' },
  validateSearch: parseListSearch,
  loaderDeps: ({ search }) => search,
  loader: async ({ context, params, deps }) => (await loaders()).loadGroup(loaderTools(context), params.slug, deps),
});

export const communityRoutes = community.addChildren([feed, post, profile, ticker, hashtag, find, groups, group]);
