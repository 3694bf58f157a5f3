import { useApi } from '@sharestack/api/context.tsx';
import { ListRoom } from '@sharestack/console/ListRoom.tsx';
import { useSelection } from '@sharestack/console/useSelection.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { usePermissions } from '@sharestack/session/context.tsx';
import { useRows } from '@sharestack/table/useRows.ts';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useMemo } from 'react';
import { useOrderColumns } from '../components/columns.tsx';
import { ViewChoice } from '../components/ViewChoice.tsx';
import { filtersOf } from '../filters.ts';
import { ORDERS_CHANGE, type OrderRow, ordersQuery, PAGE_SIZE } from '../queries.ts';
import { parseOrdersSearch } from '../search.ts';
import { texts } from '../texts.ts';
import { useBulkMoves } from '../useBulkMoves.ts';

const Board = lazy(() => import('../components/Board.tsx').then((module) => ({ default: module.Board })));

const keyOf = ({ id }: OrderRow) => id;
const nameOf = ({ number }: OrderRow) => number;

/** All orders, as a list or as a board. */
export function OrdersPage() {
  const { view } = useSearch({ from: '/orders' });
  if (view !== 'board') return <OrdersList />;
  return (
    <Suspense fallback={null}>
      <Board />
    </Suspense>
  );
}

function OrdersList() {
  const t = useTexts(texts);
  const api = useApi();
  const search = useSearch({ from: '/orders' });
  const navigate = useNavigate({ from: '/orders' });
  const mayWrite = usePermissions().includes('orders:write');
  const selection = useSelection(keyOf, nameOf);
  const actions = useBulkMoves();
  const options = useMemo(() => ordersQuery(api, search), [api, search]);
  const go = (values: Record<string, string | undefined>) =>
    void navigate({ to: '/orders', search: parseOrdersSearch(values), resetScroll: false });
  return (
    <ListRoom
      name="orders"
      title={t.title}
      actions={<ViewChoice search={search} />}
      filters={filtersOf(t)}
      search={{ ...search, sort: search.sort ?? 'newest' }}
      onSearch={go}
      chosen={t.chosen}
      columns={useOrderColumns()}
      keyOf={keyOf}
      query={useRows(options)}
      pageSize={PAGE_SIZE}
      empty={t}
      {...(mayWrite && { bulk: { selection, nameOf, actions, changes: ORDERS_CHANGE } })}
    />
  );
}
