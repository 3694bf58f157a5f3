import type { Post } from '../queries.ts';
import { characterCount, MOST_CHARACTERS } from '../writing/characters.ts';
import type { NewPost } from './queries.ts';

export interface WrittenPicture {
  media_id: string;
  url: string;
  alt: string;
}

export interface WrittenPoll {
  options: string[];
  days: number;
  hides: boolean;
}

/** A post as its form holds it. */
export interface Written {
  text: string;
  warning: string | null;
  visibility: 'public' | 'followers';
  replies: NonNullable<NewPost['reply_policy']>;
  sentiment: 'bullish' | 'bearish' | '';
  poll: WrittenPoll | null;
  pictures: WrittenPicture[];
}

export const EMPTY: Written = {
  text: '',
  warning: null,
  visibility: 'public',
  replies: 'everybody',
  sentiment: '',
  poll: null,
  pictures: [],
};

export const NEW_POLL: WrittenPoll = { options: ['', ''], days: 1, hides: false };
export const MOST_OPTIONS = 4;
export const MOST_PICTURES = 4;
/** Characters as people count them (`functions/community/domain/post_content.py`). */
const MOST_WARNING = 200;
const MOST_ALT = 1000;
const MOST_OPTION = 80;
const MINUTES_A_DAY = 1440;

/** A draft of the API's, to be gone on with. */
export function writtenOf(post: Post): Written {
  const { poll } = post;
  return {
    text: post.text,
    warning: post.content_warning,
    visibility: post.visibility === 'followers' ? 'followers' : 'public',
    replies: post.reply_policy,
    sentiment: post.sentiment ?? '',
    poll: poll && {
      options: poll.options.map(({ text }) => text),
      days: Math.round(poll.duration_minutes / MINUTES_A_DAY),
      hides: poll.hides_results,
    },
    pictures: post.media.map(({ media_id, url, alt }) => ({ media_id, url, alt })),
  };
}

export interface Context {
  quotedId: string | null;
  groupId: string | null;
}

/** As the API takes it. */
export function bodyOf(written: Written, { quotedId, groupId }: Context): NewPost {
  const { poll } = written;
  return {
    text: written.text.trim(),
    content_warning: written.warning?.trim() || null,
    visibility: written.visibility,
    reply_policy: written.replies,
    sentiment: written.sentiment || null,
    media: written.pictures.map(({ media_id, alt }) => ({ media_id, alt: alt.trim() })),
    poll: poll && {
      options: poll.options.map((option) => option.trim()).filter(Boolean),
      duration_minutes: poll.days * MINUTES_A_DAY,
      hides_results: poll.hides,
    },
    quoted_post_id: quotedId,
    ...(groupId ? { group_id: groupId } : {}),
  };
}

export type Fault = 'empty' | 'tooLong' | 'warningTooLong' | 'altTooLong' | 'pollTooSmall' | 'optionTooLong';

/** Why it need not be sent: the API would refuse it. */
export function faultOf(written: Written, { quotedId }: Context): Fault | null {
  if (characterCount(written.text) > MOST_CHARACTERS) return 'tooLong';
  if (characterCount(written.warning ?? '') > MOST_WARNING) return 'warningTooLong';
  if (written.pictures.some(({ alt }) => characterCount(alt) > MOST_ALT)) return 'altTooLong';
  if (written.poll?.options.some((option) => characterCount(option) > MOST_OPTION)) return 'optionTooLong';
  if (written.poll && new Set(written.poll.options.map((one) => one.trim()).filter(Boolean)).size < 2) {
    return 'pollTooSmall';
  }
  const hasMore = written.pictures.length > 0 || quotedId !== null;
  return written.text.trim() === '' && !hasMore ? 'empty' : null;
}
