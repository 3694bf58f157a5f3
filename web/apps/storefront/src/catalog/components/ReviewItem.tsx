import { langOf } from '@sharestack/i18n/content.ts';
import { useLocale, useTexts } from '@sharestack/i18n/locale.tsx';
import { Day } from '@sharestack/ui/Day.tsx';
import { Stars } from '@sharestack/ui/Stars.tsx';
import type { QueryKey } from '@tanstack/react-query';
import { BadgeCheck } from 'lucide-react';
import type { Review } from '../queries.ts';
import { texts } from '../texts.ts';
import { ReviewPictures } from './ReviewPictures.tsx';
import { ReviewVotes } from './ReviewVotes.tsx';

export function ReviewItem({ review, queryKey }: { review: Review; queryKey: QueryKey }) {
  const t = useTexts(texts);
  const locale = useLocale();
  const { author, title, body, images, reply } = review;
  return (
    <li className="py-6 first:pt-0">
      <article>
        <Stars value={review.rating} />
        <h3 dir="auto" lang={langOf(title, locale)} className="mt-1 font-medium break-words">
          {title}
        </h3>
        <p className="mt-0.5 flex flex-wrap items-center gap-x-3 text-sm text-muted">
          <bdi lang={langOf(author, locale)}>{author}</bdi>
          <Day instant={review.created_at} />
          {review.is_verified && (
            <span className="inline-flex items-center gap-1 text-brand">
              <BadgeCheck className="size-4" aria-hidden="true" />
              {t.verified}
            </span>
          )}
        </p>
        <p dir="auto" lang={langOf(body, locale)} className="mt-3 max-w-[68ch] break-words whitespace-pre-line">
          {body}
        </p>
        <ReviewPictures images={images} author={author} />
        {reply && (
          <div className="mt-4 border-l-2 border-brand pl-4 text-sm">
            <p className="font-medium">{t.shopReplied}</p>
            <p lang={langOf(reply.body, locale)} className="mt-1 break-words whitespace-pre-line text-muted">
              {reply.body}
            </p>
          </div>
        )}
        <ReviewVotes review={review} queryKey={queryKey} />
      </article>
    </li>
  );
}
