import type { ApiProblem } from '@sharestack/api/problem.ts';
import { useLocale, useTexts } from '@sharestack/i18n/locale.tsx';
import { formatMoney } from '@sharestack/i18n/money.ts';
import { Button, buttonClass } from '@sharestack/ui/Button.tsx';
import { Link } from '@tanstack/react-router';
import { texts as cartTexts } from '../../texts.ts';
import { closingTexts } from '../closingTexts.ts';
import { Trouble } from './Trouble.tsx';

interface ChangedItem {
  id: string;
  name: string;
  price_at_time: number;
  unit_amount: number | null;
}

export interface CartChangedProblem {
  items: readonly ChangedItem[];
  coupons: readonly { code: string; problem: keyof (typeof cartTexts)['en']['couponProblems'] }[];
  total_amount: number;
  currency: string;
}

interface Props {
  problem: ApiProblem;
  isBusy: boolean;
  /** Takes these out of the cart, and goes on at this total. */
  onAccept: (unbuyable: readonly string[], total: number) => void;
}

/** The cart is not what the customer saw: what it was, what it is, and whether they want it so. */
export function CartChanges({ problem, isBusy, onAccept }: Props) {
  const t = useTexts(closingTexts);
  const { couponProblems } = useTexts(cartTexts);
  const locale = useLocale();
  const { items, coupons, total_amount: total, currency } = problem.said as unknown as CartChangedProblem;
  const money = (amount: number) => formatMoney(amount, currency, locale);
  const unbuyable = items.filter(({ unit_amount }) => unit_amount === null).map(({ id }) => id);
  return (
    <Trouble title={t.changedTitle}>
      <ul className="space-y-1">
        {items.map(({ id, name, price_at_time, unit_amount }) => (
          <li key={id}>
            <bdi className="line-clamp-2 font-medium break-words">{name}</bdi>
            {unit_amount === null
              ? t.noLongerSold
              : unit_amount !== price_at_time && t.changedPrice(money(price_at_time), money(unit_amount))}
          </li>
        ))}
        {coupons.map(({ code, problem: why }) => (
          <li key={code}>
            <span className="font-medium">{t.couponGone(code)}</span> {couponProblems[why]}
          </li>
        ))}
      </ul>
      {unbuyable.length === 0 && <p className="mt-3 font-medium">{t.changedTotal(money(total))}</p>}
      <div className="mt-4 flex flex-wrap gap-3">
        <Button busy={isBusy} onClick={() => onAccept(unbuyable, total)}>
          {t.accept}
        </Button>
        <Link to="/cart" className={buttonClass('secondary')}>
          {t.backToCart}
        </Link>
      </div>
    </Trouble>
  );
}
