import { langOf } from '@sharestack/i18n/content.ts';
import { useLocale, useTexts } from '@sharestack/i18n/locale.tsx';
import { Link } from '@tanstack/react-router';
import { texts } from '../texts.ts';

export interface Crumb {
  name: string;
  slug: string;
}

/** The way here from the home page; the page itself is its heading and not repeated. */
export function Breadcrumbs({ crumbs }: { crumbs: readonly Crumb[] }) {
  const t = useTexts(texts);
  const locale = useLocale();
  return (
    <nav aria-label={t.breadcrumbs} className="text-sm text-muted">
      <ol className="flex flex-wrap items-center">
        <li>
          <Link to="/" className="inline-flex min-h-8 items-center underline-offset-4 hover:text-ink hover:underline">
            {t.home}
          </Link>
        </li>
        {crumbs.map(({ name, slug }) => (
          <li key={slug} className="before:px-2 before:content-['/']">
            <Link
              to="/c/$slug"
              params={{ slug }}
              lang={langOf(name, locale)}
              className="inline-flex min-h-8 items-center underline-offset-4 hover:text-ink hover:underline"
            >
              {name}
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}
