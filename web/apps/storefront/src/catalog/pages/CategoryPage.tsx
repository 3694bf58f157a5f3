import { useApi } from '@sharestack/api/context.tsx';
import { langOf } from '@sharestack/i18n/content.ts';
import { pathIn, useLocale, useTexts } from '@sharestack/i18n/locale.tsx';
import { PageHead, useSite } from '@sharestack/ui/PageHead.tsx';
import { useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { categoryPath } from '../categories.ts';
import { Breadcrumbs } from '../components/Breadcrumbs.tsx';
import { Listing } from '../components/Listing.tsx';
import { categoriesQuery } from '../frame/queries.ts';
import { filtersOf } from '../listing.ts';
import { breadcrumbData } from '../structuredData.ts';
import { texts } from '../texts.ts';

const route = getRouteApi('/c/$slug');

export function CategoryPage() {
  const t = useTexts(texts);
  const locale = useLocale();
  const { origin } = useSite();
  const { slug } = route.useParams();
  const search = route.useSearch();
  const { data } = useSuspenseQuery(categoriesQuery(useApi()));
  const way = categoryPath(data.items, slug);
  const category = way.at(-1);
  if (!category) return null;
  const path = pathIn(locale, `/c/${slug}`);
  const siblings = category.children.length > 0 ? category.children : (way.at(-2)?.children ?? []);
  return (
    <div className="page pt-6">
      <PageHead
        title={category.name}
        description={t.categoryDescription(category.name, category.product_count)}
        path={path}
        isIndexed={filtersOf(search).length === 0 && !search.after}
        jsonLd={[breadcrumbData(way, locale, origin)]}
      />
      <Breadcrumbs crumbs={way.slice(0, -1)} />
      <h1 tabIndex={-1} lang={langOf(category.name, locale)} className="mt-2 font-display text-4xl">
        {category.name}
      </h1>
      {siblings.length > 0 && (
        <ul className="mt-5 flex flex-wrap gap-2" aria-label={t.subcategories}>
          {siblings.map((one) => (
            <li key={one.id}>
              <Link
                to="/c/$slug"
                params={{ slug: one.slug }}
                lang={langOf(one.name, locale)}
                className="inline-flex min-h-11 items-center rounded-full border border-control px-4 text-sm hover:border-ink aria-[current=page]:border-brand aria-[current=page]:bg-brand-soft"
              >
                {one.name}
              </Link>
            </li>
          ))}
        </ul>
      )}
      <div className="mt-8">
        <Listing search={search} path={path} category={slug} />
      </div>
    </div>
  );
}
