import { useApi } from '@sharestack/api/context.tsx';
import { type CategoryOption, categoryOptions } from '@sharestack/console/categoryOptions.ts';
import { ListRoom } from '@sharestack/console/ListRoom.tsx';
import { useSelection } from '@sharestack/console/useSelection.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { usePermissions } from '@sharestack/session/context.tsx';
import type { Filter } from '@sharestack/table/FilterBar.tsx';
import { useRows } from '@sharestack/table/useRows.ts';
import { buttonClass } from '@sharestack/ui/Button.tsx';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { bulkActions } from './bulkActions.ts';
import { useProductColumns } from './columns.tsx';
import { categoriesQuery, PAGE_SIZE, PRODUCTS_KEY, type ProductRow, productsQuery } from './queries.ts';
import { parseProductsSearch, SORTS } from './search.ts';
import { texts } from './texts.ts';

const keyOf = ({ id }: ProductRow) => id;
const nameOf = ({ name }: ProductRow) => name;
const ACTION = 'sm:min-h-10 sm:text-sm';

/** All products, on sale or not. */
export function ProductsPage() {
  const t = useTexts(texts);
  const api = useApi();
  const search = useSearch({ from: '/products' });
  const navigate = useNavigate({ from: '/products' });
  const mayWrite = usePermissions().includes('catalog:write');
  const options = useMemo(() => productsQuery(api, search), [api, search]);
  const { data: tree } = useQuery(categoriesQuery(api));
  const categories = useMemo(() => categoryOptions(tree?.items ?? []), [tree]);
  const selection = useSelection(keyOf, nameOf);
  const bulk = { selection, nameOf, actions: bulkActions(api, t, categories), changes: [PRODUCTS_KEY, ['inventory']] };
  return (
    <ListRoom
      name="products"
      title={t.title}
      actions={mayWrite && <Actions />}
      filters={filtersOf(t, categories)}
      search={{ ...search }}
      onSearch={(values) => void navigate({ to: '/products', search: parseProductsSearch(values), resetScroll: false })}
      columns={useProductColumns()}
      keyOf={keyOf}
      query={useRows(options)}
      pageSize={PAGE_SIZE}
      empty={t}
      {...(mayWrite ? { bulk } : {})}
    />
  );
}

function Actions() {
  const t = useTexts(texts);
  return (
    <>
      <Link to="/products/import" className={buttonClass('secondary', ACTION)}>
        {t.importProducts}
      </Link>
      <Link to="/products/export" className={buttonClass('secondary', ACTION)}>
        {t.exportProducts}
      </Link>
      <Link to="/products/new" className={buttonClass('primary', ACTION)}>
        {t.newProduct}
      </Link>
    </>
  );
}

function filtersOf(t: (typeof texts)['en'], categories: readonly CategoryOption[]): Filter[] {
  return [
    { name: 'q', label: t.search, kind: 'text', maxLength: 255 },
    {
      name: 'active',
      label: t.state,
      kind: 'choice',
      options: [
        { value: 'yes', label: t.onSale },
        { value: 'no', label: t.notOnSale },
      ],
    },
    {
      name: 'category',
      label: t.category,
      kind: 'choice',
      options: categories.map(({ slug, label }) => ({ value: slug, label })),
    },
    { name: 'vendor', label: t.vendor, kind: 'text', maxLength: 255 },
    {
      name: 'stock',
      label: t.stock,
      kind: 'choice',
      options: [
        { value: 'low', label: t.low },
        { value: 'out', label: t.out },
      ],
    },
    {
      name: 'sort',
      label: t.sort,
      kind: 'choice',
      options: SORTS.map((value) => ({ value, label: t.sorts[value] })),
    },
  ];
}
