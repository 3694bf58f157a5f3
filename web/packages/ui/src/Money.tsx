import { useLocale } from '@sharestack/i18n/locale.tsx';
import { formatMoney } from '@sharestack/i18n/money.ts';

interface Props {
  /** Minor units. */
  amount: number;
  currency: string;
  className?: string;
}

export function Money({ amount, currency, className = '' }: Props) {
  const locale = useLocale();
  return <span className={`tabular-nums ${className}`}>{formatMoney(amount, currency, locale)}</span>;
}
