import { useTexts } from '@sharestack/i18n/locale.tsx';
import { buttonClass } from '@sharestack/ui/Button.tsx';
import { EmptyState } from '@sharestack/ui/EmptyState.tsx';
import { PageHead } from '@sharestack/ui/PageHead.tsx';
import { Link } from '@tanstack/react-router';
import { texts } from './texts.ts';

export function ForbiddenPage() {
  const t = useTexts(texts);
  return (
    <>
      <PageHead title={t.forbidden} isIndexed={false} />
      <h1 tabIndex={-1} className="sr-only">
        {t.forbidden}
      </h1>
      <EmptyState title={t.forbidden} body={t.forbiddenBody}>
        <Link to="/" className={buttonClass('secondary')}>
          {t.roomNames.overview}
        </Link>
      </EmptyState>
    </>
  );
}
