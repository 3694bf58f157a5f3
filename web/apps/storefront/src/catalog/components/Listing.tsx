import { useApi } from '@sharestack/api/context.tsx';
import { asProblem } from '@sharestack/api/problem.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { buttonClass } from '@sharestack/ui/Button.tsx';
import { EmptyState } from '@sharestack/ui/EmptyState.tsx';
import { ErrorState } from '@sharestack/ui/ErrorState.tsx';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ArrowRight, SlidersHorizontal } from 'lucide-react';
import { frameTexts } from '../frameTexts.ts';
import { filtersOf, withFilter, withoutFilters } from '../listing.ts';
import type { ListSearch } from '../listSearch.ts';
import { listPageQuery } from '../lists/queries.ts';
import { texts } from '../texts.ts';
import { ActiveFilters } from './ActiveFilters.tsx';
import { FacetPanel } from './FacetPanel.tsx';
import { GridSkeleton } from './GridSkeleton.tsx';
import { ProductGrid } from './ProductGrid.tsx';
import { SortSelect } from './SortSelect.tsx';

interface Props {
  search: ListSearch;
  path: string;
  category?: string;
}

/** Filters, the products, and the way to the next page; all of it links, so all of it works without JavaScript. */
export function Listing({ search, path, category }: Props) {
  const t = useTexts(texts);
  const { data, error, isPlaceholderData, refetch } = useQuery({
    ...listPageQuery(useApi(), search, category),
    placeholderData: keepPreviousData,
  });
  const count = filtersOf(search).length;
  // A search has no counts; where all results are on one page, they can be counted.
  const counted = data && !data.next && !search.after ? data.items.length : undefined;
  const total = data?.facets?.total ?? counted;
  const panel = (
    <FacetPanel search={search} facets={data?.facets ?? null} path={path} isCategory={category !== undefined} />
  );
  return (
    <div className="lg:grid lg:grid-cols-[min(14rem,30%)_minmax(0,1fr)] lg:gap-12">
      <aside aria-label={t.filters} className="max-lg:hidden">
        {panel}
      </aside>
      <div>
        <div className="mb-6 flex flex-wrap items-center justify-between gap-3">
          <p role="status" className="text-sm text-muted">
            {total !== undefined && t.found(total)} {data && !data.isExact && data.items.length > 0 && t.onlySimilar}
          </p>
          {!search.q && <SortSelect search={search} path={path} />}
        </div>
        <details className="mb-5 rounded-card border border-line bg-surface lg:hidden">
          <summary className="flex min-h-11 items-center gap-2 px-4 font-medium">
            <SlidersHorizontal className="size-4" aria-hidden="true" />
            {t.filters}
            {count > 0 && <span className="text-muted">({count})</span>}
          </summary>
          <div className="px-4 pb-2">{panel}</div>
        </details>
        <div className="mb-6 empty:hidden">
          <ActiveFilters search={search} />
        </div>
        {data ? (
          <div className={isPlaceholderData ? 'opacity-50 transition-opacity' : ''}>
            <ProductGrid products={data.items} inSight={3} isNarrow />
            {data.items.length === 0 && <Nothing search={search} />}
            <Pages search={search} next={data.next} />
          </div>
        ) : error && asProblem(error).code === 'invalid_cursor' ? (
          <EmptyState title={t.pageGone}>
            <Link to="." search={withFilter(search, {}) as never} className={buttonClass('secondary')}>
              {t.firstPage}
            </Link>
          </EmptyState>
        ) : error ? (
          <ErrorState
            correlationId={asProblem(error).correlationId}
            isOffline={asProblem(error).status === 0}
            onRetry={() => void refetch()}
          />
        ) : (
          <GridSkeleton count={9} isNarrow />
        )}
      </div>
    </div>
  );
}

function Nothing({ search }: { search: ListSearch }) {
  const t = useTexts(texts);
  const own = useTexts(frameTexts);
  const hasFilters = filtersOf(search).length > 0;
  return (
    <EmptyState title={t.nothingTitle} body={hasFilters ? t.nothingWithFilters : t.nothingBody}>
      {hasFilters ? (
        <Link to="." search={withoutFilters(search) as never} className={buttonClass('secondary')}>
          {t.clearFilters}
        </Link>
      ) : (
        <Link to="/search" className={buttonClass('secondary')}>
          {own.allProducts}
        </Link>
      )}
    </EmptyState>
  );
}

function Pages({ search, next }: { search: ListSearch; next: string | null }) {
  const t = useTexts(texts);
  if (!next && !search.after) return null;
  return (
    <nav aria-label={t.pages} className="mt-12 flex flex-wrap justify-center gap-3">
      {search.after && (
        <Link to="." search={withFilter(search, {}) as never} className={buttonClass('quiet')}>
          {t.firstPage}
        </Link>
      )}
      {next && (
        <Link to="." search={{ ...search, after: next } as never} rel="next" className={buttonClass('secondary')}>
          {t.nextPage}
          <ArrowRight className="size-4" aria-hidden="true" />
        </Link>
      )}
    </nav>
  );
}
