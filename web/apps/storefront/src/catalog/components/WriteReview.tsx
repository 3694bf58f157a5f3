import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useSessionState } from '@sharestack/session/context.tsx';
import { Button, buttonClass } from '@sharestack/ui/Button.tsx';
import { Link, useLocation } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { texts } from '../texts.ts';

const ReviewForm = lazy(() =>
  import('../reviewing/ReviewForm.tsx').then(({ ReviewForm }) => ({ default: ReviewForm })),
);

/** The form comes when somebody asks for it. Who is not signed in is sent there first, and comes back here. */
export function WriteReview({ slug }: { slug: string }) {
  const t = useTexts(texts);
  const { status } = useSessionState();
  const { publicHref } = useLocation();
  const [isOpen, setOpen] = useState(false);
  if (status === 'unknown') return null;
  if (status === 'anonymous') {
    return (
      <Link to="/sign-in" search={{ next: publicHref }} className={buttonClass('secondary', 'mt-6')}>
        {t.signInToReview}
      </Link>
    );
  }
  if (!isOpen) {
    return (
      <Button kind="secondary" className="mt-6" onClick={() => setOpen(true)}>
        {t.writeReview}
      </Button>
    );
  }
  return (
    <div className="mt-6">
      <h3 className="font-display text-xl">{t.writeReview}</h3>
      <Suspense fallback={null}>
        <ReviewForm slug={slug} />
      </Suspense>
    </div>
  );
}
