import { useApi } from '@sharestack/api/context.tsx';
import { ListRoom } from '@sharestack/console/ListRoom.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import type { Column } from '@sharestack/table/column.ts';
import type { Filter } from '@sharestack/table/FilterBar.tsx';
import { useRows } from '@sharestack/table/useRows.ts';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { type InventoryLevel, inventoryQuery, PAGE_SIZE } from '../queries.ts';
import { parseInventorySearch } from '../search.ts';
import { texts } from '../texts.ts';

/** How many there are of each variant. */
export function InventoryPage() {
  const t = useTexts(texts);
  const api = useApi();
  const search = useSearch({ from: '/inventory' });
  const navigate = useNavigate({ from: '/inventory' });
  const options = useMemo(() => inventoryQuery(api, search), [api, search]);
  const columns = useMemo(() => columnsOf(t), [t]);
  const filters: Filter[] = [
    {
      name: 'stock',
      label: t.stock,
      kind: 'choice',
      options: [
        { value: 'low', label: t.low },
        { value: 'enough', label: t.enough },
      ],
    },
    { name: 'sku', label: t.skuFilter, kind: 'text', maxLength: 255 },
  ];
  return (
    <ListRoom
      name="inventory"
      title={t.title}
      filters={filters}
      search={{ ...search }}
      onSearch={(values) =>
        void navigate({ to: '/inventory', search: parseInventorySearch(values), resetScroll: false })
      }
      columns={columns}
      keyOf={({ variant_id }) => variant_id}
      query={useRows(options)}
      pageSize={PAGE_SIZE}
      empty={t}
    />
  );
}

function columnsOf(t: (typeof texts)['en']): Column<InventoryLevel>[] {
  const count = (id: 'on_hand' | 'reserved' | 'owed', title: string): Column<InventoryLevel> => ({
    id,
    title,
    align: 'right',
    optional: id === 'owed' ? 'hidden' : 'shown',
    cell: (level) => level[id],
    plain: (level) => level[id],
  });
  return [
    {
      id: 'product',
      title: t.product,
      isRowHeader: true,
      className: 'max-w-96 truncate',
      cell: ({ variant_id, product_name, option_values }) => (
        <Link
          to="/inventory/$id"
          params={{ id: variant_id }}
          className="hover:underline"
          title={[product_name, ...option_values].join(' / ')}
        >
          <bdi>{product_name}</bdi> <bdi className="font-normal text-muted">{option_values.join(' / ')}</bdi>
        </Link>
      ),
      plain: ({ product_name, option_values }) => [product_name, ...option_values].join(' / '),
    },
    { id: 'sku', title: t.sku, optional: 'shown', cell: ({ sku }) => sku ?? '–', plain: ({ sku }) => sku ?? '' },
    count('on_hand', t.onHand),
    count('reserved', t.reserved),
    count('owed', t.owed),
    {
      id: 'available',
      title: t.available,
      align: 'right',
      cell: ({ available, is_low }) => (
        <span className={is_low ? 'font-medium text-warn' : ''}>
          {available}
          {is_low && <span className="sr-only"> ({t.low})</span>}
        </span>
      ),
      plain: ({ available }) => available,
    },
    {
      id: 'threshold',
      title: t.threshold,
      align: 'right',
      optional: 'hidden',
      cell: ({ low_stock_threshold }) => low_stock_threshold ?? '–',
      plain: ({ low_stock_threshold }) => low_stock_threshold ?? '',
    },
  ];
}
