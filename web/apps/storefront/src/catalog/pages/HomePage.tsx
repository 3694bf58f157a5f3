import { useApi } from '@sharestack/api/context.tsx';
import { asProblem } from '@sharestack/api/problem.ts';
import { pathIn, useLocale, useTexts } from '@sharestack/i18n/locale.tsx';
import { ErrorState } from '@sharestack/ui/ErrorState.tsx';
import { PageHead, useSite } from '@sharestack/ui/PageHead.tsx';
import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ArrowRight } from 'lucide-react';
import { CategoryNav } from '../components/CategoryNav.tsx';
import { GridSkeleton } from '../components/GridSkeleton.tsx';
import { Hero } from '../components/Hero.tsx';
import { Makers } from '../components/Makers.tsx';
import { ProductGrid } from '../components/ProductGrid.tsx';
import { Promises } from '../components/Promises.tsx';
import { homeTexts } from '../homeTexts.ts';
import type { Sort } from '../listSearch.ts';
import { newestQuery, popularQuery } from '../lists/queries.ts';
import type { ProductCardData } from '../queries.ts';
import { texts } from '../texts.ts';

const SHOWN_IN_HERO = 3;

export function HomePage() {
  const t = useTexts(homeTexts);
  const { homeDescription } = useTexts(texts);
  const api = useApi();
  const { name, origin } = useSite();
  const path = pathIn(useLocale(), '/');
  const popular = useQuery(popularQuery(api));
  const newest = useQuery(newestQuery(api));
  const best = popular.data?.items ?? [];
  return (
    <>
      <PageHead
        title={t.homeHeadline}
        description={homeDescription}
        path={path}
        image={best[0]?.image?.url ?? null}
        jsonLd={[{ '@type': 'WebSite', name, url: origin + path }]}
      />
      <CategoryNav className="border-b border-line md:hidden" />
      <Hero products={best.filter(({ image }) => image).slice(0, SHOWN_IN_HERO)} />
      <div className="page space-y-20 pt-16">
        <Section title={t.popular} sort="popular" products={popular} />
        <Makers makers={newest.data?.facets?.vendors ?? []} />
        <Section title={t.newest} sort="newest" products={newest} />
        <Promises />
      </div>
    </>
  );
}

const SHOWN_IN_SECTION = 8;

interface SectionProps {
  title: string;
  sort: Sort;
  products: UseQueryResult<{ items: ProductCardData[] }>;
}

function Section({ title, sort, products: { data, error, refetch } }: SectionProps) {
  const t = useTexts(homeTexts);
  if (data?.items.length === 0) return null;
  return (
    <section>
      <div className="mb-6 flex items-baseline justify-between gap-4">
        <h2 className="font-display text-2xl md:text-3xl">{title}</h2>
        <Link
          to="/search"
          search={sort === 'popular' ? {} : { sort }}
          className="inline-flex min-h-11 items-center gap-1 text-sm text-brand underline-offset-4 hover:underline"
        >
          {t.seeAll}
          <span className="sr-only">: {title}</span>
          <ArrowRight className="size-4" aria-hidden="true" />
        </Link>
      </div>
      {data ? (
        <ProductGrid products={data.items.slice(0, SHOWN_IN_SECTION)} />
      ) : error ? (
        <ErrorState
          correlationId={asProblem(error).correlationId}
          isOffline={asProblem(error).status === 0}
          onRetry={() => void refetch()}
        />
      ) : (
        <GridSkeleton count={SHOWN_IN_SECTION} />
      )}
    </section>
  );
}
