import { langOf } from '@sharestack/i18n/content.ts';
import { useLocale, useTexts } from '@sharestack/i18n/locale.tsx';
import { frameTexts } from '../frameTexts.ts';
import { withFilter } from '../listing.ts';
import type { ListSearch } from '../listSearch.ts';
import type { Facets } from '../lists/queries.ts';
import { texts } from '../texts.ts';
import { FacetGroup } from './FacetGroup.tsx';
import { FacetLink } from './FacetLink.tsx';
import { PriceFilter } from './PriceFilter.tsx';

interface Props {
  search: ListSearch;
  facets: Facets | null;
  /** Of the list, for forms without JavaScript. */
  path: string;
  /** A category's page has its subcategories as links already. */
  isCategory: boolean;
}

/** Everything to choose by. A search has no counts, only what holds for every product. */
export function FacetPanel({ search, facets, path, isCategory }: Props) {
  const t = useTexts(texts);
  const own = useTexts(frameTexts);
  const locale = useLocale();
  const choice = (name: keyof ListSearch, value: string, label: string, count?: number) => (
    <FacetLink
      key={value}
      search={withFilter(search, { [name]: search[name] === value ? undefined : value })}
      isChosen={search[name] === value}
      count={count}
      lang={langOf(label, locale)}
    >
      {label}
    </FacetLink>
  );
  return (
    <>
      <FacetGroup title={t.availability}>{[choice('stock', '1', t.inStockOnly)]}</FacetGroup>
      {!isCategory && facets?.categories && (
        <FacetGroup title={own.categories}>
          {facets.categories.map(({ slug, name, count }) => choice('category', slug, name, count))}
        </FacetGroup>
      )}
      <PriceFilter search={search} path={path} />
      <FacetGroup title={t.rating}>
        {['4', '3'].map((stars) => choice('rating', stars, t.starsAndUp(stars)))}
      </FacetGroup>
      {facets?.vendors && (
        <FacetGroup title={t.maker}>
          {facets.vendors.map(({ value, count }) => choice('vendor', value, value, count))}
        </FacetGroup>
      )}
      {facets?.options?.map(({ name, values }) => (
        <FacetGroup key={name} title={name} lang={langOf(name, locale)}>
          {values.map(({ value, count }) => choice(`option.${name}`, value, value, count))}
        </FacetGroup>
      ))}
    </>
  );
}
