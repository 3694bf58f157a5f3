import type { Post } from './queries.ts';

export const profilePath = (username: string) => `/@${encodeURIComponent(username)}`;
export const postPath = (id: string) => `/posts/${id}`;

/** The first words of a text, for titles and descriptions: whole characters, no line ends. */
export function firstWords(text: string, most: number): string {
  const flat = text.replace(/\s+/g, ' ').trim();
  const points = [...flat];
  return points.length > most
    ? `${points
        .slice(0, most - 1)
        .join('')
        .trimEnd()}…`
    : flat;
}

const counter = (type: string, count: number) => ({
  '@type': 'InteractionCounter',
  interactionType: `https://schema.org/${type}`,
  userInteractionCount: count,
});

export const reactionTotal = (reactions: Readonly<Record<string, number>>) =>
  Object.values(reactions).reduce((sum, count) => sum + count, 0);

/** What search engines read (schema.org). `path` gives the page's language to a path. */
export function postData(post: Post, origin: string, path: (plain: string) => string): object {
  const { author, stats } = post;
  const url = origin + path(postPath(post.id));
  return {
    '@type': 'DiscussionForumPosting',
    url,
    mainEntityOfPage: url,
    author: {
      '@type': 'Person',
      name: author.display_name,
      alternateName: `@${author.username}`,
      url: origin + path(profilePath(author.username)),
    },
    datePublished: post.published_at,
    ...(post.edited_at ? { dateModified: post.edited_at } : {}),
    // What a warning covers is not shown before somebody opens it.
    text: post.content_warning ?? post.text,
    ...(post.media.length > 0 && !post.content_warning
      ? { image: post.media.map((picture) => new URL(picture.url, origin).href) }
      : {}),
    interactionStatistic: [
      counter('LikeAction', reactionTotal(stats.reactions)),
      counter('CommentAction', stats.comments),
      counter('ShareAction', stats.reposts + stats.quotes),
    ],
  };
}
