import { useApi } from '@sharestack/api/context.tsx';
import { BulkBar } from '@sharestack/console/BulkBar.tsx';
import { Card } from '@sharestack/console/Card.tsx';
import { useSelection } from '@sharestack/console/useSelection.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { DataTable } from '@sharestack/table/DataTable.tsx';
import { type Filter, FilterBar } from '@sharestack/table/FilterBar.tsx';
import { listOf } from '@sharestack/table/listOf.ts';
import { useRowHeight } from '@sharestack/table/useRowHeight.ts';
import { useRows } from '@sharestack/table/useRows.ts';
import { Button } from '@sharestack/ui/Button.tsx';
import { EmptyState } from '@sharestack/ui/EmptyState.tsx';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import { AddVariants } from './AddVariants.tsx';
import { PAGE_SIZE, PRODUCTS_KEY, type Product, type Variant, variantsQuery } from './queries.ts';
import { parseVariantsSearch } from './search.ts';
import { texts } from './texts.ts';
import { VariantDialog } from './VariantDialog.tsx';
import { variantActions } from './variantActions.ts';
import { useVariantColumns } from './variantColumns.tsx';
import { variantName } from './variantFields.ts';

const keyOf = ({ id }: Variant) => id;

/** Variants by pages of fifty, chosen by option and SKU, edited one by one or many at once. */
export function VariantsCard({ product, mayWrite }: { product: Product; mayWrite: boolean }) {
  const t = useTexts(texts);
  const api = useApi();
  const search = useSearch({ from: '/products/$id' });
  const navigate = useNavigate({ from: '/products/$id' });
  const [edited, setEdited] = useState<Variant | null>(null);
  const [isAdding, setAdding] = useState(false);
  const names = JSON.stringify(product.option_names);
  const options = useMemo(
    () => variantsQuery(api, { id: product.id, option_names: JSON.parse(names) as string[] }, search),
    [api, product.id, names, search],
  );
  const query = useRows(options);
  const list = listOf(query, PAGE_SIZE);
  const nameOf = useCallback((variant: Variant) => variantName(t, variant), [t]);
  const selection = useSelection(keyOf, nameOf);
  const columns = useVariantColumns(product.currency, mayWrite ? setEdited : null);
  return (
    <Card
      title={t.variants}
      aside={
        <div className="flex flex-wrap items-center gap-3 text-sm text-muted">
          {t.variantCount(product.variant_count)}
          {mayWrite && product.option_names.length > 0 && (
            <Button kind="secondary" className="sm:min-h-9 sm:text-sm" onClick={() => setAdding(true)}>
              {t.addVariants}
            </Button>
          )}
        </div>
      }
    >
      <div className="space-y-4">
        {product.option_names.length > 0 ? (
          <FilterBar
            filters={filtersOf(t.skuFilter, product.option_names)}
            values={{ ...search }}
            onChange={(values) => void navigate({ search: parseVariantsSearch(values), resetScroll: false })}
          />
        ) : (
          <p className="text-sm text-muted">{t.noOptionsYet}</p>
        )}
        {mayWrite && list && list.rows.length > 0 && (
          <BulkBar
            selection={selection}
            loaded={list.rows}
            keyOf={keyOf}
            nameOf={nameOf}
            actions={variantActions(api, product, t)}
            changes={[PRODUCTS_KEY, ['inventory']]}
          />
        )}
        <DataTable
          key={JSON.stringify(search)}
          name="variants"
          label={t.variants}
          columns={mayWrite ? [selection.column, ...columns] : columns}
          keyOf={keyOf}
          list={list}
          error={query.error}
          onRetry={() => void query.refetch()}
          rowHeight={useRowHeight()}
          empty={<EmptyState title={t.noVariants} />}
        />
      </div>
      {edited && <VariantDialog product={product} variant={edited} onClose={() => setEdited(null)} />}
      {isAdding && <AddVariants product={product} onClose={() => setAdding(false)} />}
    </Card>
  );
}

const filtersOf = (sku: string, options: readonly string[]): Filter[] => [
  ...options.map((label, index): Filter => ({ name: `o${index + 1}`, label, kind: 'text', maxLength: 255 })),
  { name: 'sku', label: sku, kind: 'text', maxLength: 255 },
];
