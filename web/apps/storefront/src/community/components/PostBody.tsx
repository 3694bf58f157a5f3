import { useTexts } from '@sharestack/i18n/locale.tsx';
import type { ListedPost } from '../queries.ts';
import { texts } from '../texts.ts';
import { Covered } from './Covered.tsx';
import { PostPictures } from './PostPictures.tsx';
import { PostPoll } from './PostPoll.tsx';
import { PostText } from './PostText.tsx';
import { QuotedPost } from './QuotedPost.tsx';

/** What a post says and shows, below its warnings. */
export function PostBody({ post }: { post: ListedPost }) {
  const t = useTexts(texts);
  const { hidden } = post;
  return (
    <>
      {hidden && (
        <p className="mb-2 rounded-control bg-warn-soft px-4 py-2.5 text-warn">
          {t.hiddenPost} {hidden.reason && t.hiddenReason(hidden.reason)}
        </p>
      )}
      <Covered reason={post.viewer?.is_folded ? t.folded : null}>
        <Covered reason={post.content_warning}>
          <PostText text={post.text} entities={post.entities} language={post.language} />
          <PostPictures media={post.media} />
          {post.poll && <PostPoll poll={post.poll} viewer={post.viewer} />}
          {post.quoted && <QuotedPost quoted={post.quoted} />}
        </Covered>
      </Covered>
    </>
  );
}
