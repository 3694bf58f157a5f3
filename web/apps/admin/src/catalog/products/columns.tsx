import { Mark } from '@sharestack/console/Mark.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { minorDigits } from '@sharestack/i18n/money.ts';
import type { Column } from '@sharestack/table/column.ts';
import { Moment } from '@sharestack/ui/Moment.tsx';
import { Money } from '@sharestack/ui/Money.tsx';
import { Picture } from '@sharestack/ui/Picture.tsx';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { ProductRow } from './queries.ts';
import { texts } from './texts.ts';

const plainAmount = (amount: number, currency: string) =>
  (amount / 10 ** minorDigits(currency)).toFixed(minorDigits(currency));

export function useProductColumns(): Column<ProductRow>[] {
  const t = useTexts(texts);
  return useMemo(
    () => [
      {
        id: 'product',
        title: t.product,
        isRowHeader: true,
        sort: { ascending: 'name', descending: 'name' },
        className: 'max-w-96',
        cell: (row) => <Name row={row} />,
        plain: ({ name }) => name,
      },
      {
        id: 'state',
        title: t.state,
        cell: ({ is_active }) => <Mark tone={is_active ? 'good' : 'plain'}>{is_active ? t.onSale : t.notOnSale}</Mark>,
        plain: ({ is_active }) => (is_active ? t.onSale : t.notOnSale),
      },
      {
        id: 'vendor',
        title: t.vendor,
        optional: 'shown',
        className: 'max-w-48 truncate',
        cell: ({ vendor }) => <bdi title={vendor}>{vendor}</bdi>,
        plain: ({ vendor }) => vendor,
      },
      {
        id: 'stock',
        title: t.stock,
        optional: 'shown',
        cell: ({ in_stock }) => (in_stock ? t.inStock : <Mark tone="warn">{t.out}</Mark>),
        plain: ({ in_stock }) => (in_stock ? t.inStock : t.out),
      },
      {
        id: 'price',
        title: t.price,
        align: 'right',
        sort: { ascending: 'price', descending: '-price' },
        className: 'whitespace-nowrap',
        cell: (row) => <Price row={row} />,
        plain: ({ price_min_amount, currency }) => `${plainAmount(price_min_amount, currency)} ${currency}`,
      },
      {
        id: 'updated',
        title: t.updated,
        optional: 'shown',
        sort: { ascending: 'updated', descending: 'updated' },
        className: 'whitespace-nowrap text-muted',
        cell: ({ updated_at }) => <Moment instant={updated_at} precision="day" />,
        plain: ({ updated_at }) => updated_at,
      },
    ],
    [t],
  );
}

function Name({ row: { id, name, image } }: { row: ProductRow }) {
  return (
    <Link to="/products/$id" params={{ id }} className="flex items-center gap-3 hover:underline" title={name}>
      <span className="block size-8 shrink-0 overflow-hidden rounded-control" aria-hidden="true">
        <Picture picture={image} alt="" sizes="32px" />
      </span>
      <bdi className="min-w-0 truncate">{name}</bdi>
    </Link>
  );
}

function Price({ row: { price_min_amount: least, price_max_amount: most, currency } }: { row: ProductRow }) {
  return (
    <>
      <Money amount={least} currency={currency} />
      {most > least && (
        <>
          {' – '}
          <Money amount={most} currency={currency} />
        </>
      )}
    </>
  );
}
