import { useTexts } from '@sharestack/i18n/locale.tsx';
import { minorDigits } from '@sharestack/i18n/money.ts';
import type { Column } from '@sharestack/table/column.ts';
import { Day } from '@sharestack/ui/Day.tsx';
import { Money } from '@sharestack/ui/Money.tsx';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { OrderRow } from '../queries.ts';
import { texts } from '../texts.ts';
import { StatusMark } from './StatusMark.tsx';

/** The columns of orders. Amounts are exported as numbers, with the currency beside them. */
export function useOrderColumns(): Column<OrderRow>[] {
  const t = useTexts(texts);
  return useMemo(() => columns(t), [t]);
}

function columns(t: (typeof texts)['en']): Column<OrderRow>[] {
  return [
    {
      id: 'number',
      title: t.number,
      isRowHeader: true,
      cell: ({ id, number }) => (
        <Link to="/orders/$id" params={{ id }} className="text-brand underline-offset-4 hover:underline">
          {number}
        </Link>
      ),
      plain: ({ number }) => number,
    },
    {
      id: 'when',
      title: t.when,
      optional: 'shown',
      sort: { ascending: 'oldest', descending: 'newest' },
      className: 'whitespace-nowrap',
      cell: ({ created_at }) => <Day instant={created_at} />,
      plain: ({ created_at }) => created_at,
    },
    {
      id: 'customer',
      title: t.customer,
      optional: 'shown',
      className: 'max-w-64 truncate',
      cell: ({ email }) => <bdi title={email}>{email}</bdi>,
      plain: ({ email }) => email,
    },
    {
      id: 'status',
      title: t.status,
      className: 'whitespace-nowrap',
      cell: ({ status }) => <StatusMark status={status} />,
      plain: ({ status }) => t.statuses[status],
    },
    {
      id: 'payment',
      title: t.payment,
      optional: 'hidden',
      className: 'whitespace-nowrap',
      cell: ({ payment_status }) => t.payments[payment_status],
      plain: ({ payment_status }) => t.payments[payment_status],
    },
    {
      id: 'pieces',
      title: t.pieces,
      align: 'right',
      optional: 'shown',
      cell: ({ item_count }) => item_count,
      plain: ({ item_count }) => item_count,
    },
    {
      id: 'total',
      title: t.total,
      align: 'right',
      sort: { ascending: 'total', descending: '-total' },
      className: 'whitespace-nowrap',
      cell: ({ total_amount, currency }) => <Money amount={total_amount} currency={currency} />,
      plain: ({ total_amount, currency }) =>
        `${(total_amount / 10 ** minorDigits(currency)).toFixed(minorDigits(currency))} ${currency}`,
    },
  ];
}
