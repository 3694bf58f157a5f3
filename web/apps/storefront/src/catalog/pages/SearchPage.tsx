import { pathIn, useLocale, useTexts } from '@sharestack/i18n/locale.tsx';
import { PageHead } from '@sharestack/ui/PageHead.tsx';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Listing } from '../components/Listing.tsx';
import { frameTexts } from '../frameTexts.ts';
import { filtersOf } from '../listing.ts';
import { texts } from '../texts.ts';

const route = getRouteApi('/search');

/** Results for words; without words, everything there is. */
export function SearchPage() {
  const t = useTexts(texts);
  const own = useTexts(frameTexts);
  const locale = useLocale();
  const search = route.useSearch();
  const path = pathIn(locale, '/search');
  const title = search.q ? t.resultsFor(search.q) : own.allProducts;
  return (
    <div className="page pt-8">
      <PageHead
        title={title}
        description={t.homeDescription}
        path={path}
        isIndexed={!search.q && filtersOf(search).length === 0 && !search.after}
      />
      <h1 tabIndex={-1} className="font-display text-3xl break-words">
        {title}
      </h1>
      {search.q && (
        <Link
          to="/find"
          search={{ q: search.q }}
          rel="nofollow"
          preload={false}
          className="inline-flex min-h-11 items-center text-brand underline-offset-4 hover:underline"
        >
          {t.inCommunity}
        </Link>
      )}
      <div className="mt-8">
        <Listing search={search} path={path} />
      </div>
    </div>
  );
}
