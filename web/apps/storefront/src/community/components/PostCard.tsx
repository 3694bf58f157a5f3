import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Link } from '@tanstack/react-router';
import type { ListedPost } from '../queries.ts';
import { texts } from '../texts.ts';
import { Avatar } from './Avatar.tsx';
import { PersonLink } from './PersonLink.tsx';
import { PostActions } from './PostActions.tsx';
import { PostBody } from './PostBody.tsx';
import { PlaceNotes, StateNotes } from './PostNotes.tsx';
import { PostTime } from './PostTime.tsx';

/** A post in a list. Its time is the link to it, with its thread. */
export function PostCard({ post }: { post: ListedPost }) {
  const t = useTexts(texts);
  const { author } = post;
  return (
    <article aria-label={t.postBy(author.display_name)} className="py-5">
      <PlaceNotes post={post} />
      <div className="flex gap-3">
        <Avatar picture={author.picture} />
        <div className="min-w-0 grow">
          <header className="mb-1.5">
            <p className="flex flex-wrap items-baseline gap-x-2">
              <PersonLink person={author} />
              {post.published_at && (
                <Link
                  to="/posts/$id"
                  params={{ id: post.id }}
                  className="inline-flex min-h-6 items-center text-sm text-muted underline-offset-4 hover:underline"
                >
                  <PostTime instant={post.published_at} />
                </Link>
              )}
            </p>
            <StateNotes post={post} />
          </header>
          <PostBody post={post} />
          <PostActions post={post} />
        </div>
      </div>
    </article>
  );
}
