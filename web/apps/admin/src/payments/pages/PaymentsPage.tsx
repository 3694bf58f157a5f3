import { useApi } from '@sharestack/api/context.tsx';
import { ListRoom } from '@sharestack/console/ListRoom.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import type { Column } from '@sharestack/table/column.ts';
import { useRows } from '@sharestack/table/useRows.ts';
import { Moment } from '@sharestack/ui/Moment.tsx';
import { Money } from '@sharestack/ui/Money.tsx';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { PaymentMark } from '../components/PaymentMark.tsx';
import { PAGE_SIZE, type PaymentRow, paymentsQuery } from '../queries.ts';
import { PAYMENT_STATES, parsePaymentsSearch } from '../search.ts';
import { texts } from '../texts.ts';

/** Everybody's payments, the newest first. */
export function PaymentsPage() {
  const t = useTexts(texts);
  const api = useApi();
  const search = useSearch({ from: '/payments' });
  const navigate = useNavigate({ from: '/payments' });
  const options = useMemo(() => paymentsQuery(api, search), [api, search]);
  const columns = useMemo(() => columnsOf(t), [t]);
  return (
    <ListRoom
      name="payments"
      title={t.payments}
      filters={[
        {
          name: 'status',
          label: t.status,
          kind: 'choice',
          options: PAYMENT_STATES.map((value) => ({ value, label: t.states[value] ?? value })),
        },
        { name: 'order', label: t.order, kind: 'text', maxLength: 36 },
      ]}
      search={{ ...search }}
      onSearch={(values) => void navigate({ to: '/payments', search: parsePaymentsSearch(values), resetScroll: false })}
      chosen={{ customer: t.customer }}
      columns={columns}
      keyOf={({ id }) => id}
      query={useRows(options)}
      pageSize={PAGE_SIZE}
      empty={t}
    />
  );
}

const methodOf = ({ method }: PaymentRow) =>
  method ? [method.brand ?? method.type, method.last4].filter(Boolean).join(' ') : '–';

function columnsOf(t: (typeof texts)['en']): Column<PaymentRow>[] {
  return [
    {
      id: 'reference',
      title: t.reference,
      isRowHeader: true,
      className: 'max-w-64',
      cell: ({ id, provider_payment_id }) => (
        <Link to="/payments/$id" params={{ id }} className="block truncate hover:underline">
          {provider_payment_id || id}
        </Link>
      ),
      plain: ({ provider_payment_id }) => provider_payment_id,
    },
    {
      id: 'amount',
      title: t.amount,
      align: 'right',
      cell: ({ amount, currency }) => <Money amount={amount} currency={currency} />,
      plain: ({ amount, currency }) => `${amount} ${currency}`,
    },
    {
      id: 'refunded',
      title: t.refunded,
      align: 'right',
      optional: 'shown',
      cell: ({ amount_refunded, currency }) =>
        amount_refunded > 0 ? <Money amount={amount_refunded} currency={currency} /> : '–',
      plain: ({ amount_refunded }) => amount_refunded,
    },
    { id: 'method', title: t.method, optional: 'shown', cell: methodOf, plain: methodOf },
    {
      id: 'status',
      title: t.status,
      cell: ({ status }) => <PaymentMark status={status} />,
      plain: ({ status }) => t.states[status] ?? status,
    },
    {
      id: 'when',
      title: t.when,
      className: 'whitespace-nowrap',
      cell: ({ created_at }) => <Moment instant={created_at} />,
      plain: ({ created_at }) => created_at,
    },
  ];
}
