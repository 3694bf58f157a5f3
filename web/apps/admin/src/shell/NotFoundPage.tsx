import { useTexts } from '@sharestack/i18n/locale.tsx';
import { buttonClass } from '@sharestack/ui/Button.tsx';
import { EmptyState } from '@sharestack/ui/EmptyState.tsx';
import { PageHead } from '@sharestack/ui/PageHead.tsx';
import { Link } from '@tanstack/react-router';
import { texts } from './texts.ts';

export function NotFoundPage() {
  const t = useTexts(texts);
  return (
    <>
      <PageHead title={t.notFound} isIndexed={false} />
      <h1 className="sr-only">{t.notFound}</h1>
      <EmptyState title={t.notFound}>
        <Link to="/" className={buttonClass('secondary')}>
          {t.roomNames.overview}
        </Link>
      </EmptyState>
    </>
  );
}
