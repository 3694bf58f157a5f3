import { ChosenChips } from '@sharestack/console/ChosenChips.tsx';
import { RoomHead } from '@sharestack/console/RoomHead.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { FilterBar } from '@sharestack/table/FilterBar.tsx';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { filtersOf } from '../filters.ts';
import { parseOrdersSearch, type Status } from '../search.ts';
import { texts } from '../texts.ts';
import { BoardColumn } from './BoardColumn.tsx';
import { ViewChoice } from './ViewChoice.tsx';

/** The way of an order, from placed to delivered. */
const COLUMNS: readonly Status[] = ['pending', 'paid', 'processing', 'shipped', 'delivered'];

/** Orders by how far they are: the first of each state, and the way on for each. */
export function Board() {
  const t = useTexts(texts);
  const search = useSearch({ from: '/orders' });
  const navigate = useNavigate({ from: '/orders' });
  const go = (values: Record<string, string | undefined>) =>
    void navigate({ to: '/orders', search: parseOrdersSearch({ ...values, view: 'board' }), resetScroll: false });
  const { customer, product } = search;
  return (
    <div className="space-y-5">
      <RoomHead title={t.title}>
        <ViewChoice search={search} />
      </RoomHead>
      <FilterBar
        filters={filtersOf(t, true)}
        values={{ ...search }}
        onChange={(values) => go({ ...values, customer, product })}
      />
      <ChosenChips chosen={t.chosen} search={{ ...search }} onSearch={go} />
      <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3 2xl:grid-cols-5">
        {COLUMNS.map((status) => (
          <BoardColumn key={status} status={status} search={search} />
        ))}
      </div>
    </div>
  );
}
