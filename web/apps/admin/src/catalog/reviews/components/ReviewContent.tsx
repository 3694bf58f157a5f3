import { Mark } from '@sharestack/console/Mark.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Moment } from '@sharestack/ui/Moment.tsx';
import type { Review } from '../queries.ts';
import { texts } from '../texts.ts';

/** What a customer wrote, with pictures, and what moderators did with it. */
export function ReviewContent({ review }: { review: Review }) {
  const t = useTexts(texts);
  return (
    <div className="space-y-3">
      <p className="flex flex-wrap items-center gap-2 text-sm">
        <strong>{t.stars(review.rating)}</strong>
        <bdi>{review.author}</bdi>
        {review.is_verified && <Mark tone="good">{t.verified}</Mark>}
        <Moment instant={review.created_at} className="text-muted" />
      </p>
      <a
        href={`/p/${review.product_slug}`}
        className="inline-flex min-h-6 text-sm text-brand underline underline-offset-4"
      >
        <bdi>{review.product_name}</bdi>
        <span className="sr-only"> ({t.toProduct})</span>
      </a>
      {review.title && (
        <p dir="auto" className="font-medium break-words">
          {review.title}
        </p>
      )}
      <p dir="auto" className="break-words whitespace-pre-wrap">
        {review.body}
      </p>
      {review.images.length > 0 && (
        <ul aria-label={t.pictures} className="flex flex-wrap gap-2">
          {review.images.map(({ url }, index) => (
            <li key={url}>
              <img
                src={url}
                alt={t.picture(index + 1)}
                width={96}
                height={96}
                loading="lazy"
                className="size-24 rounded-control object-cover"
              />
            </li>
          ))}
        </ul>
      )}
      {review.moderations.length > 0 && (
        <div className="text-sm">
          <h3 className="font-medium">{t.history}</h3>
          <ul className="mt-1 space-y-1 text-muted">
            {review.moderations.map((one) => (
              <li key={one.created_at}>
                <Moment instant={one.created_at} /> · <bdi>{one.actor}</bdi> · {t.wasMade(t.states[one.after])}:{' '}
                <bdi>{one.reason}</bdi>
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}
