import { useTexts } from '@sharestack/i18n/locale.tsx';
import { buttonClass } from '@sharestack/ui/Button.tsx';
import { PageHead } from '@sharestack/ui/PageHead.tsx';
import { Link } from '@tanstack/react-router';
import { SearchForm } from '../../catalog/components/SearchForm.tsx';
import { texts } from '../texts.ts';

/** 404, and 410 for what was here once. */
export function NotFoundPage({ data }: { data?: unknown }) {
  const t = useTexts(texts);
  const isGone = (data as { status?: number } | undefined)?.status === 410;
  const title = isGone ? t.goneTitle : t.notFoundTitle;
  return (
    <div className="page py-16 text-center md:py-24">
      <PageHead title={title} isIndexed={false} status={isGone ? 410 : 404} />
      <p className="font-display text-5xl text-brand tabular-nums" aria-hidden="true">
        {isGone ? 410 : 404}
      </p>
      <h1 tabIndex={-1} className="mt-4 font-display text-3xl">
        {title}
      </h1>
      <p className="mx-auto mt-3 max-w-prose text-muted">{isGone ? t.goneBody : t.notFoundBody}</p>
      <SearchForm className="mx-auto mt-8 max-w-md" />
      <Link to="/" className={buttonClass('quiet', 'mt-4')}>
        {t.toHome}
      </Link>
    </div>
  );
}
