import type { Post } from '../queries.ts';
import { characterCount, MOST_CHARACTERS } from '../writing/characters.ts';
import type { PostChange } from './queries.ts';

/** What of a published post is changed, as its form holds it. */
export interface WrittenPost {
  text: string;
  warning: string;
  sentiment: NonNullable<Post['sentiment']> | '';
  replies: Post['reply_policy'];
}

/** Characters as people count them (`functions/community/domain/post_content.py`). */
const MOST_WARNING = 200;

export const writtenOf = ({ text, content_warning, sentiment, reply_policy }: Post): WrittenPost => ({
  text,
  warning: content_warning ?? '',
  sentiment: sentiment ?? '',
  replies: reply_policy,
});

/** Only what is another: a poll's question that people have voted on is not sent with a new mood. */
export function changesOf(base: Post, written: WrittenPost): PostChange {
  const wanted = {
    text: written.text.trim(),
    content_warning: written.warning.trim() || null,
    sentiment: written.sentiment || null,
    reply_policy: written.replies,
  };
  const names = Object.keys(wanted) as (keyof typeof wanted)[];
  return Object.fromEntries(names.filter((name) => wanted[name] !== base[name]).map((name) => [name, wanted[name]]));
}

/** Why it need not be sent: the API would refuse it. Pictures, polls and what is quoted stay, and can be all there is. */
export function faultOf(written: WrittenPost, { media, quoted }: Post): 'empty' | 'tooLong' | 'warningTooLong' | null {
  if (characterCount(written.text) > MOST_CHARACTERS) return 'tooLong';
  if (characterCount(written.warning) > MOST_WARNING) return 'warningTooLong';
  return written.text.trim() === '' && media.length === 0 && !quoted ? 'empty' : null;
}
