import { pathIn, useLocale, useTexts } from '@sharestack/i18n/locale.tsx';
import { PageHead } from '@sharestack/ui/PageHead.tsx';
import { getRouteApi, Link } from '@tanstack/react-router';
import { TAB } from '../components/looks.ts';
import { FindForm } from '../finding/FindForm.tsx';
import { FoundAll } from '../finding/FoundAll.tsx';
import { FoundOfKind } from '../finding/FoundOfKind.tsx';
import { type FindSearch, KINDS } from '../finding/search.ts';
import { findingTexts } from '../finding/texts.ts';

const route = getRouteApi('/community/find');

/** What people write, who they are, and what they talk about. Products have a search of their own. */
export function FindPage() {
  const t = useTexts(findingTexts);
  const locale = useLocale();
  const { q, kind }: FindSearch = route.useSearch();
  const title = q ? t.titleOf(q) : t.title;
  return (
    <div className="page max-w-3xl pt-6">
      <PageHead title={title} description={t.about} path={pathIn(locale, '/find')} isIndexed={false} />
      <h1 tabIndex={-1} className="font-display text-3xl break-words">
        {title}
      </h1>
      <p className="mt-1 mb-5 text-muted">{t.about}</p>
      <FindForm {...(q ? { q } : {})} {...(kind ? { kind } : {})} />
      {q && (
        <>
          <Kinds q={q} shown={kind} />
          <div className="mt-6">
            {kind ? <FoundOfKind key={`${kind} ${q}`} q={q} kind={kind} /> : <FoundAll key={q} q={q} />}
          </div>
        </>
      )}
    </div>
  );
}

function Kinds({ q, shown }: { q: string; shown: FindSearch['kind'] }) {
  const t = useTexts(findingTexts);
  return (
    <nav aria-label={t.kindsLabel} className="mt-4 flex flex-wrap border-b border-line">
      {[undefined, ...KINDS].map((kind) => (
        <Link
          key={kind ?? ''}
          to="/find"
          search={kind ? { q, kind } : { q }}
          rel="nofollow"
          preload={false}
          resetScroll={false}
          activeProps={{}}
          aria-current={kind === shown ? 'page' : undefined}
          className={TAB}
        >
          {kind ? t.kinds[kind] : t.all}
        </Link>
      ))}
      <Link to="/search" search={{ q }} rel="nofollow" preload={false} activeProps={{}} className={TAB}>
        {t.products}
      </Link>
    </nav>
  );
}
