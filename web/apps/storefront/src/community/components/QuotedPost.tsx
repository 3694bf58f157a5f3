import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Link } from '@tanstack/react-router';
import type { Post } from '../queries.ts';
import { texts } from '../texts.ts';
import { Covered } from './Covered.tsx';
import { PersonLink } from './PersonLink.tsx';
import { PostPictures } from './PostPictures.tsx';
import { PostText } from './PostText.tsx';
import { PostTime } from './PostTime.tsx';

/** A post inside of another; what is gone, or not for this reader, leaves a place that says so. */
export function QuotedPost({ quoted }: { quoted: NonNullable<Post['quoted']> }) {
  const t = useTexts(texts);
  const { post } = quoted;
  if (!post) return <p className="mt-3 rounded-card border border-line px-4 py-3 text-muted">{t.quoteGone}</p>;
  return (
    <blockquote aria-label={t.quoted} className="mt-3 rounded-card border border-line px-4 py-3">
      <p className="mb-1 flex flex-wrap items-baseline gap-x-2 text-sm">
        <PersonLink person={post.author} />
        {post.published_at && (
          <Link
            to="/posts/$id"
            params={{ id: post.id }}
            className="inline-flex min-h-6 items-center text-muted hover:underline"
          >
            <PostTime instant={post.published_at} />
          </Link>
        )}
      </p>
      <Covered reason={post.content_warning}>
        <PostText text={post.text} entities={post.entities} language={post.language} />
        <PostPictures media={post.media} />
      </Covered>
    </blockquote>
  );
}
