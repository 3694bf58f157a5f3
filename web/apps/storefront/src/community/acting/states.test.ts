import { expect, test } from 'vitest';
import { another, seen } from '../../testing/community.ts';
import type { ListedPost } from '../queries.ts';
import { moved, withReaction, withRepost } from './states.ts';

const post = (viewer: object, stats: object) =>
  seen(another(1, { stats: { reactions: {}, comments: 0, reposts: 0, quotes: 0, ...stats } }), viewer) as ListedPost;

test('a count that is older than what one did goes to zero, and never below', () => {
  expect(moved({ reactions: { like: 0 }, reaction: 'like' }, null)).toEqual({ like: 0 });
  expect(moved({ reactions: {}, reaction: 'like' }, 'love')).toEqual({ like: 0, love: 1 });
  expect(withRepost(post({ is_reposted: true }, {}), false).stats.reposts).toBe(0);
});

test('what is so already is counted once', () => {
  const liked = post({ reaction: 'like', is_reposted: true }, { reactions: { like: 3 }, reposts: 2 });
  expect(withReaction(liked, 'like').stats.reactions).toEqual({ like: 3 });
  expect(withRepost(liked, true).stats.reposts).toBe(2);
});
