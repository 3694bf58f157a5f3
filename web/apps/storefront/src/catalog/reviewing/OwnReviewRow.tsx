import { langOf } from '@sharestack/i18n/content.ts';
import { useLocale, useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { Day } from '@sharestack/ui/Day.tsx';
import { Picture } from '@sharestack/ui/Picture.tsx';
import { Stars } from '@sharestack/ui/Stars.tsx';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { ReviewPictures } from '../components/ReviewPictures.tsx';
import { DeleteReview } from './DeleteReview.tsx';
import { EditReview } from './EditReview.tsx';
import type { AuthoredReview } from './queries.ts';
import { reviewTexts } from './texts.ts';

type Mode = 'read' | 'edit' | 'delete' | 'saved';

export function OwnReviewRow({ review }: { review: AuthoredReview }) {
  const t = useTexts(reviewTexts);
  const [mode, setMode] = useState<Mode>('read');
  const { product } = review;
  return (
    <li className="py-6">
      <article className="grid grid-cols-[4.5rem_1fr] gap-x-4 sm:gap-x-6">
        <Picture picture={product.image} alt="" sizes="4.5rem" className="rounded-card" />
        <div className="min-w-0">
          <ProductName product={product} />
          {mode === 'edit' ? (
            <EditReview review={review} onSaved={() => setMode('saved')} onCancel={() => setMode('read')} />
          ) : (
            <>
              <Words review={review} />
              <p role="status" className="mt-2 text-sm text-brand empty:hidden">
                {mode === 'saved' && t.saved}
              </p>
              <div className="mt-2 -ml-3 flex flex-wrap">
                {product.on_sale && (
                  <Button kind="quiet" aria-label={t.editOf(product.name)} onClick={() => setMode('edit')}>
                    {t.edit}
                  </Button>
                )}
                <Button kind="quiet" aria-label={t.removeOf(product.name)} onClick={() => setMode('delete')}>
                  {t.remove}
                </Button>
              </div>
            </>
          )}
        </div>
      </article>
      {mode === 'delete' && <DeleteReview review={review} onClose={() => setMode('read')} />}
    </li>
  );
}

function ProductName({ product: { name, slug, on_sale } }: { product: AuthoredReview['product'] }) {
  const locale = useLocale();
  const text = (
    <bdi lang={langOf(name, locale)} className="line-clamp-2 break-words">
      {name}
    </bdi>
  );
  return (
    <p className="text-sm text-muted">
      {on_sale ? (
        <Link to="/p/$slug" params={{ slug }} className="underline-offset-4 hover:text-ink hover:underline">
          {text}
        </Link>
      ) : (
        text
      )}
    </p>
  );
}

function Words({ review }: { review: AuthoredReview }) {
  const t = useTexts(reviewTexts);
  const locale = useLocale();
  const { title, body, reply } = review;
  return (
    <>
      <p className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted">
        <Stars value={review.rating} />
        <Day instant={review.created_at} />
        {review.status === 'hidden' && (
          <span className="rounded-full border border-line px-2.5 py-0.5 text-xs text-warn">
            {review.held_reason ? t.held : t.hidden}
          </span>
        )}
      </p>
      <h2 dir="auto" lang={langOf(title, locale)} className="mt-2 font-medium break-words">
        {title}
      </h2>
      <p dir="auto" lang={langOf(body, locale)} className="mt-1 max-w-[68ch] break-words whitespace-pre-line">
        {body}
      </p>
      <ReviewPictures images={review.images} author={review.author} />
      {review.status === 'hidden' && (
        <p className="mt-2 text-sm text-muted">{review.held_reason ? t.heldBody : t.hiddenBody}</p>
      )}
      {review.helpful_count > 0 && <p className="mt-2 text-sm text-muted">{t.foundHelpful(review.helpful_count)}</p>}
      {reply && (
        <div className="mt-4 border-l-2 border-brand pl-4 text-sm">
          <p className="font-medium">{t.shopReplied}</p>
          <p lang={langOf(reply.body, locale)} className="mt-1 break-words whitespace-pre-line text-muted">
            {reply.body}
          </p>
        </div>
      )}
    </>
  );
}
