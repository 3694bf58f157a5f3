import { useApi } from '@sharestack/api/context.tsx';
import { ListRoom } from '@sharestack/console/ListRoom.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import type { Column } from '@sharestack/table/column.ts';
import type { Filter } from '@sharestack/table/FilterBar.tsx';
import { useRows } from '@sharestack/table/useRows.ts';
import { Moment } from '@sharestack/ui/Moment.tsx';
import { Money } from '@sharestack/ui/Money.tsx';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { Balances } from '../components/Balances.tsx';
import { ledgerQuery, type Movement, PAGE_SIZE } from '../queries.ts';
import { ACCOUNTS, parseLedgerSearch } from '../search.ts';
import { texts } from '../texts.ts';

/** Every movement of money with its entries, and what each account holds. */
export function LedgerPage() {
  const t = useTexts(texts);
  const api = useApi();
  const search = useSearch({ from: '/ledger' });
  const navigate = useNavigate({ from: '/ledger' });
  const options = useMemo(() => ledgerQuery(api, search), [api, search]);
  const columns = useMemo(() => columnsOf(t), [t]);
  const filters: Filter[] = [
    {
      name: 'account',
      label: t.account,
      kind: 'choice',
      options: ACCOUNTS.map((value) => ({ value, label: t.accounts[value] ?? value })),
    },
    { name: 'payment', label: t.paymentId, kind: 'text', maxLength: 36 },
    { name: 'from', label: t.from, kind: 'day' },
    { name: 'to', label: t.to, kind: 'day' },
  ];
  return (
    <ListRoom
      name="ledger"
      title={t.ledger}
      lead={t.ledgerLead}
      filters={filters}
      search={{ ...search }}
      onSearch={(values) => void navigate({ to: '/ledger', search: parseLedgerSearch(values), resetScroll: false })}
      columns={columns}
      keyOf={({ id }) => id}
      query={useRows(options)}
      pageSize={PAGE_SIZE}
      empty={t}
    >
      <Balances />
    </ListRoom>
  );
}

function columnsOf(t: (typeof texts)['en']): Column<Movement>[] {
  const account = (name: string) => t.accounts[name] ?? name;
  return [
    {
      id: 'when',
      title: t.when,
      isRowHeader: true,
      className: 'whitespace-nowrap',
      cell: ({ occurred_at }) => <Moment instant={occurred_at} />,
      plain: ({ occurred_at }) => occurred_at,
    },
    { id: 'movement', title: t.movement, cell: ({ kind }) => t.movements[kind] ?? kind, plain: ({ kind }) => kind },
    {
      id: 'entries',
      title: t.entries,
      className: 'py-2',
      cell: ({ entries }) => (
        <ul>
          {entries.map((entry) => (
            <li key={`${entry.account} ${entry.currency} ${entry.amount}`} className="flex justify-between gap-4">
              <span>{account(entry.account)}</span>
              <Money amount={entry.amount} currency={entry.currency} />
            </li>
          ))}
        </ul>
      ),
      plain: ({ entries }) => entries.map((entry) => `${entry.account} ${entry.amount} ${entry.currency}`).join('; '),
    },
    {
      id: 'payment',
      title: t.payment,
      optional: 'shown',
      cell: ({ payment_id }) =>
        payment_id ? (
          <Link to="/payments/$id" params={{ id: payment_id }} className="text-brand underline underline-offset-4">
            {payment_id.slice(-8)}
          </Link>
        ) : (
          '–'
        ),
      plain: ({ payment_id }) => payment_id ?? '',
    },
  ];
}
