import { asProblem } from '@sharestack/api/problem.ts';
import { type StoredPicture, usePictures } from '@sharestack/api/usePictures.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { TextField } from '@sharestack/ui/TextField.tsx';
import { type FormEvent, type ReactNode, useId, useRef, useState } from 'react';
import { MOST_PICTURES, PicturesField } from './PicturesField.tsx';
import type { ReviewDraft } from './reviewDraft.ts';
import { StarsField } from './StarsField.tsx';
import { reviewTexts } from './texts.ts';

export interface WrittenReview extends ReviewDraft {
  images: { media_id: string }[];
}

interface Props {
  before: ReviewDraft & { images?: readonly StoredPicture[] };
  submitLabel: string;
  isPending: boolean;
  error: unknown;
  onWrite?: (written: ReviewDraft) => void;
  onSubmit: (review: WrittenReview) => void;
  /** Beside the button that sends. */
  children?: ReactNode;
}

export function ReviewFields({ before, submitLabel, isPending, error, onWrite, onSubmit, children }: Props) {
  const t = useTexts(reviewTexts);
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  const [rating, setRating] = useState(before.rating);
  const [refusal, setRefusal] = useState<string | null>(null);
  const pictures = usePictures({ purpose: 'review', most: MOST_PICTURES, before: before.images });

  const written = (stars: number): ReviewDraft => {
    const fields = new FormData(form.current ?? undefined);
    return { rating: stars, title: String(fields.get('title')).trim(), body: String(fields.get('body')).trim() };
  };
  const rate = (stars: number) => {
    setRating(stars);
    onWrite?.(written(stars));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const review = written(rating);
    const missing = review.rating === 0 ? 'rating' : (['title', 'body'] as const).find((name) => review[name] === '');
    setRefusal(missing ? t.reviewIncomplete : pictures.isBusy ? t.picturesOnTheWay : null);
    if (missing) form.current?.querySelector<HTMLElement>(`[name="${missing}"]`)?.focus();
    else if (!pictures.isBusy && !isPending) {
      onSubmit({ ...review, images: pictures.ids.map((media_id) => ({ media_id })) });
    }
  };
  const problem = error ? (t.reviewProblems[asProblem(error).code] ?? t.reviewFailed) : null;
  return (
    <form
      ref={form}
      onSubmit={submit}
      onInput={() => onWrite?.(written(rating))}
      noValidate
      className="mt-4 max-w-xl space-y-4"
    >
      <StarsField chosen={rating} onChoose={rate} />
      <TextField label={t.reviewTitle} name="title" dir="auto" defaultValue={before.title} maxLength={200} />
      <div>
        <label htmlFor={id} className="mb-1.5 block text-sm font-medium">
          {t.reviewBody}
        </label>
        <textarea
          id={id}
          name="body"
          dir="auto"
          rows={5}
          defaultValue={before.body}
          maxLength={5000}
          className="w-full rounded-control border border-control bg-surface px-3.5 py-2.5"
        />
      </div>
      <PicturesField {...pictures} />
      <p role="alert" className="text-sm text-danger empty:hidden">
        {refusal ?? problem}
      </p>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" busy={isPending}>
          {submitLabel}
        </Button>
        {children}
      </div>
    </form>
  );
}
