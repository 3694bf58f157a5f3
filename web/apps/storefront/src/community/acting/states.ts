import type { ListedPost, Reaction } from '../queries.ts';

interface Reacted {
  reactions: Record<string, number>;
  reaction: Reaction | null;
}

/** Counts with one's own reaction taken from one place and put into another. */
export function moved({ reactions, reaction }: Reacted, next: Reaction | null): Record<string, number> {
  if (reaction === next) return reactions;
  const counts = { ...reactions };
  if (reaction) counts[reaction] = Math.max(0, (counts[reaction] ?? 0) - 1);
  if (next) counts[next] = (counts[next] ?? 0) + 1;
  return counts;
}

export function withReaction(post: ListedPost, next: Reaction | null): ListedPost {
  if (!post.viewer) return post;
  const reactions = moved({ reactions: post.stats.reactions, reaction: post.viewer.reaction }, next);
  return { ...post, stats: { ...post.stats, reactions }, viewer: { ...post.viewer, reaction: next } };
}

export function withRepost(post: ListedPost, next: boolean): ListedPost {
  if (!post.viewer || post.viewer.is_reposted === next) return post;
  const reposts = Math.max(0, post.stats.reposts + (next ? 1 : -1));
  return { ...post, stats: { ...post.stats, reposts }, viewer: { ...post.viewer, is_reposted: next } };
}

export function withBookmark(post: ListedPost, next: boolean): ListedPost {
  return post.viewer ? { ...post, viewer: { ...post.viewer, is_bookmarked: next } } : post;
}
