import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Link } from '@tanstack/react-router';
import { MessageCircle, TrendingDown, TrendingUp } from 'lucide-react';
import { Avatar } from '../components/Avatar.tsx';
import { Count } from '../components/Count.tsx';
import { Covered } from '../components/Covered.tsx';
import { PersonLink } from '../components/PersonLink.tsx';
import { PostText } from '../components/PostText.tsx';
import { PostTime } from '../components/PostTime.tsx';
import type { Entity } from '../queries.ts';
import { texts } from '../texts.ts';
import type { FoundPost } from './queries.ts';

/** A post in short: its time and its comments lead to the whole one. */
export function FoundPostRow({ post }: { post: FoundPost }) {
  const t = useTexts(texts);
  const { id, author, sentiment, stats } = post;
  const Trend = sentiment === 'bullish' ? TrendingUp : TrendingDown;
  return (
    <li>
      <article aria-label={t.postBy(author.display_name)} className="flex gap-3 py-5">
        <Avatar picture={author.picture} />
        <div className="min-w-0 grow">
          <p className="mb-1.5 flex flex-wrap items-baseline gap-x-2">
            <PersonLink person={author} />
            <Link
              to="/posts/$id"
              params={{ id }}
              className="inline-flex min-h-6 items-center text-sm text-muted underline-offset-4 hover:underline"
            >
              <PostTime instant={post.published_at} />
            </Link>
            {sentiment && (
              <span
                className={`inline-flex items-center gap-1 text-sm ${sentiment === 'bullish' ? 'text-up' : 'text-down'}`}
              >
                <Trend className="size-4" aria-hidden="true" />
                {t.sentiments[sentiment]}
              </span>
            )}
          </p>
          <Covered reason={post.content_warning}>
            <PostText text={post.text} entities={post.entities as Entity[]} language={post.language} />
          </Covered>
          <Link
            to="/posts/$id"
            params={{ id }}
            hash="comments"
            aria-label={t.commentCount(stats.comments)}
            className="-ml-1.5 mt-1 inline-flex min-h-11 items-center gap-1 rounded-control px-1.5 text-muted hover:text-ink"
          >
            <MessageCircle className="size-5" strokeWidth={1.75} aria-hidden="true" />
            <Count value={stats.comments} />
          </Link>
        </div>
      </article>
    </li>
  );
}
