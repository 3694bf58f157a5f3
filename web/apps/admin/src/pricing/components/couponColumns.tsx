import { Mark } from '@sharestack/console/Mark.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import type { Column } from '@sharestack/table/column.ts';
import { Moment } from '@sharestack/ui/Moment.tsx';
import { Money } from '@sharestack/ui/Money.tsx';
import type { Coupon } from '../queries.ts';
import { texts } from '../texts.ts';
import { percentText } from '../written.ts';
import { OpenButton } from './OpenButton.tsx';

export function useCouponColumns(onOpen: ((coupon: Coupon) => void) | null): Column<Coupon>[] {
  const t = useTexts(texts);
  return [
    {
      id: 'code',
      title: t.code,
      isRowHeader: true,
      cell: (coupon) => (
        <OpenButton name={coupon.code} label={t.editOf(coupon.code)} onOpen={onOpen && (() => onOpen(coupon))} />
      ),
      plain: ({ code }) => code,
    },
    {
      id: 'benefit',
      title: t.benefit,
      cell: (coupon) => <Benefit coupon={coupon} />,
      plain: ({ kind }) => t.kinds[kind],
    },
    {
      id: 'state',
      title: t.state,
      cell: ({ is_active }) => <Mark tone={is_active ? 'good' : 'plain'}>{is_active ? t.active : t.inactive}</Mark>,
      plain: ({ is_active }) => (is_active ? t.active : t.inactive),
    },
    {
      id: 'used',
      title: t.used,
      align: 'right',
      cell: ({ redeemed_count: used, total_limit: limit }) => (limit === null ? used : t.usedOf(used, limit)),
      plain: ({ redeemed_count }) => redeemed_count,
    },
    {
      id: 'until',
      title: t.until,
      optional: 'shown',
      cell: ({ ends_at }) => (ends_at ? <Moment instant={ends_at} /> : '–'),
      plain: ({ ends_at }) => ends_at ?? '',
    },
  ];
}

function Benefit({ coupon }: { coupon: Coupon }) {
  const t = useTexts(texts);
  if (coupon.percent_basis_points !== null) return t.offPercent(percentText(coupon.percent_basis_points));
  if (coupon.amount !== null && coupon.currency) return <Money amount={coupon.amount} currency={coupon.currency} />;
  if (coupon.buy_quantity !== null && coupon.get_quantity !== null) {
    return t.buyGet(coupon.buy_quantity, coupon.get_quantity);
  }
  return t.kinds[coupon.kind];
}
