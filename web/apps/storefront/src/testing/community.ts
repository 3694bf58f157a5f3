import { SHOP } from './fixtures.ts';

/** A small community, as the API tells it. */
export const ADA = {
  id: '01931b6e-0000-7000-8000-00000000000a',
  username: 'ada',
  display_name: 'Ada Hughes',
  picture: null,
};
export const LIN = {
  id: '01931b6e-0000-7000-8000-00000000000b',
  username: '林间',
  display_name: '林间小筑',
  picture: { url: '/media/lin.webp', blurhash: null, width: 200, height: 200, variants: [] },
};

export const VIEWER = {
  reaction: null,
  is_reposted: false,
  is_bookmarked: false,
  follows_author: false,
  mutes_author: false,
  is_folded: false,
  is_author: false,
  can_edit: false,
  can_delete: false,
  can_reply: true,
  can_repost: true,
  can_vote: true,
  can_pin: false,
  can_set_flair: false,
  can_accept_answer: false,
  can_moderate: false,
};

const NO_REACTIONS = { like: 0, love: 0, laugh: 0, rocket: 0, eyes: 0, sad: 0 };

export const POST_ID = '01931b6e-7b7a-7c3e-9d5c-2f1a6b0c4d1e';

/** `$AAPL` is behind an emoji of several code units: places count code points. */
export const POST = {
  id: POST_ID,
  author: ADA,
  text: '\u{1f680} $AAPL up, says @林间: https://example.com/a. #earnings',
  entities: [
    { kind: 'ticker', start: 2, end: 7, symbol: 'AAPL' },
    { kind: 'mention', start: 17, end: 20, user_id: LIN.id, username: LIN.username },
    { kind: 'hashtag', start: 45, end: 54, hashtag: 'earnings' },
  ],
  language: 'en',
  sentiment: 'bullish',
  content_warning: null,
  visibility: 'public',
  reply_policy: 'everybody',
  group: null,
  flair: null,
  media: [],
  poll: null,
  quoted: null,
  stats: { reactions: { ...NO_REACTIONS, like: 3, rocket: 1 }, comments: 2, reposts: 1, quotes: 0 },
  viewer: null as typeof VIEWER | null,
  status: 'published',
  publish_at: null,
  held_reason: null,
  published_at: '2026-11-20T08:00:00Z',
  edited_at: null as string | null,
  imported_at: null,
  hidden: null as { at: string; reason: string | null } | null,
  version: 1,
};

export const POLL = {
  id: '01931b6e-7b7a-7c3e-9d5c-2f1a6b0c4d11',
  post_id: POST_ID,
  options: [
    { text: 'Up', votes: 3, percentage: 75 },
    { text: 'Down', votes: 1, percentage: 25 },
  ],
  vote_count: 4,
  duration_minutes: 1440,
  ends_at: '2099-01-01T08:00:00Z',
  is_over: false,
  hides_results: false,
  vote: null as number | null,
};

/** The same post for somebody who is signed in. */
export const seen = <T extends object>(post: T, viewer: Partial<typeof VIEWER> = {}) => ({
  ...post,
  viewer: { ...VIEWER, ...viewer },
});

export const another = (number: number, more: object = {}) => ({
  ...POST,
  id: `01931b6e-7b7a-7c3e-9d5c-${String(number).padStart(12, '0')}`,
  text: `Post ${number}`,
  entities: [],
  sentiment: null,
  ...more,
});

export const COMMENT = {
  id: '01931b6e-1111-7000-8000-000000000001',
  post_id: POST_ID,
  parent_id: null as string | null,
  depth: 0,
  state: 'live',
  author: LIN as typeof LIN | null,
  text: '短期有压力' as string | null,
  entities: [],
  reactions: NO_REACTIONS,
  reply_count: 1,
  hidden_reason: null,
  viewer: null as object | null,
  created_at: '2026-11-20T09:00:00Z',
  edited_at: null,
  version: 1,
};

const REPLY = {
  ...COMMENT,
  id: '01931b6e-1111-7000-8000-000000000002',
  parent_id: COMMENT.id,
  depth: 1,
  author: ADA,
  text: 'For how long?',
  reply_count: 2,
};

export const COMMENT_VIEWER = {
  reaction: null,
  is_author: false,
  mutes_author: false,
  is_folded: false,
  can_reply: true,
  can_edit: false,
  can_delete: false,
};

export const GONE_COMMENT = {
  ...COMMENT,
  id: '01931b6e-1111-7000-8000-000000000003',
  state: 'deleted',
  author: null,
  text: null,
  reply_count: 0,
  replies: { items: [], next_cursor: null },
};

export const THREAD = {
  items: [{ ...COMMENT, replies: { items: [REPLY], next_cursor: null } }, GONE_COMMENT],
  next_cursor: null as string | null,
  can_reply: true,
};

export const listed = (...items: object[]) => ({ items, next_cursor: null as string | null });

export const COMMUNITY = {
  ...SHOP,
  'GET /feed': listed({ ...POST, reposted_by: LIN, reposted_at: '2026-11-21T08:00:00Z', is_pinned: false }),
  [`GET /posts/${POST_ID}`]: POST as object,
  [`GET /posts/${POST_ID}/comments`]: THREAD as object,
};

export const PERSON = {
  ...LIN,
  is_private: false,
  bio: '写茶，也写市场。https://example.com',
  stats: { followers: 12, following: 3, posts: 40 },
  relation: null as object | null,
  created_at: '2026-01-20T08:00:00Z',
};

export const RELATION = { following: false, followed_by: true, requested: false, muting: false, blocking: false };

const DAYS = [
  { day: '2026-11-19', posts: 1, authors: 1, bullish: 0, bearish: 1, bullish_ratio: 0 },
  { day: '2026-11-20', posts: 4, authors: 3, bullish: 3, bearish: 0, bullish_ratio: 1 },
];

export const TICKER = {
  symbol: 'AAPL',
  market: 'US',
  name: 'Apple',
  name_zh: '苹果',
  id: '01931b6e-2222-7000-8000-000000000001',
  stats: { posts: 5, bullish: 3, bearish: 1, bullish_ratio: 0.75, followers: 8, watchers: 2 },
  days: DAYS,
  viewer: null as object | null,
};

export const HASHTAG = {
  key: 'earnings',
  name: 'Earnings',
  id: '01931b6e-2222-7000-8000-000000000002',
  stats: { posts: 5, followers: 1 },
  days: DAYS,
  viewer: null as object | null,
};

export const GROUP = {
  id: '01931b6e-3333-7000-8000-000000000001',
  slug: 'tea',
  name: 'Tea',
  description: 'From leaf to cup',
  rules: ['Be kind'],
  access: 'public',
  member_count: 3,
  flairs: [],
  closed_at: null as string | null,
  hidden_reason: null as string | null,
  viewer: {
    membership: 'none',
    ban: null as object | null,
    is_following: false,
    can_read: true,
    can_join: true,
    can_post: false,
    can_moderate: false,
    can_manage: false,
  },
  version: 1,
  created_at: '2026-11-01T08:00:00Z',
  updated_at: '2026-11-01T08:00:00Z',
};
