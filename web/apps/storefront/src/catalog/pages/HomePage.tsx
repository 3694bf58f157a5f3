import { useApi } from '@sharestack/api/context.tsx';
import { pathIn, useLocale, useTexts } from '@sharestack/i18n/locale.tsx';
import { PageHead, useSite } from '@sharestack/ui/PageHead.tsx';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ArrowRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { CategoryNav } from '../components/CategoryNav.tsx';
import { GridSkeleton } from '../components/GridSkeleton.tsx';
import { Hero } from '../components/Hero.tsx';
import { Makers } from '../components/Makers.tsx';
import { ProductGrid } from '../components/ProductGrid.tsx';
import { Promises } from '../components/Promises.tsx';
import type { Sort } from '../listing.ts';
import { newestQuery, popularQuery } from '../queries.ts';
import { texts } from '../texts.ts';

const SHOWN_IN_HERO = 3;

export function HomePage() {
  const t = useTexts(texts);
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
        description={t.homeDescription}
        path={path}
        image={best[0]?.image?.url ?? null}
        jsonLd={[{ '@type': 'WebSite', name, url: origin + path }]}
      />
      <CategoryNav className="border-b border-line md:hidden" />
      <Hero products={best.filter(({ image }) => image).slice(0, SHOWN_IN_HERO)} />
      <div className="page space-y-20 pt-16">
        <Section title={t.popular} sort="popular">
          {popular.isPending ? <GridSkeleton count={8} /> : <ProductGrid products={best.slice(0, 8)} />}
        </Section>
        <Makers makers={newest.data?.facets?.vendors ?? []} />
        <Section title={t.newest} sort="newest">
          {newest.isPending ? <GridSkeleton count={8} /> : <ProductGrid products={newest.data?.items ?? []} />}
        </Section>
        <Promises />
      </div>
    </>
  );
}

function Section({ title, sort, children }: { title: string; sort: Sort; children: ReactNode }) {
  const t = useTexts(texts);
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
      {children}
    </section>
  );
}
