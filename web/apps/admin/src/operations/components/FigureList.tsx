import { useLocale, useTexts } from '@sharestack/i18n/locale.tsx';
import { formatMoney } from '@sharestack/i18n/money.ts';
import { type Comparison, growth } from '../comparison.ts';
import { texts } from '../texts.ts';

interface Props {
  comparison: Comparison;
  currency: string;
}

/** The figures of the days that are shown, and how they changed. */
export function FigureList({ comparison: { now, earlier }, currency }: Props) {
  const t = useTexts(texts);
  const locale = useLocale();
  const money = (amount: number | null) => (amount === null ? '–' : formatMoney(amount, currency, locale));
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  const figures = [
    { name: t.net, value: money(now.net), change: growth(now.net, earlier.net) },
    { name: t.orders, value: now.orders.toLocaleString(locale), change: growth(now.orders, earlier.orders) },
    { name: t.average, value: money(now.average), change: growth(now.average, earlier.average) },
    {
      name: t.conversion,
      value: now.conversion === null ? '–' : percent.format(now.conversion),
      change: growth(now.conversion, earlier.conversion),
    },
  ];
  return (
    <dl className="grid grid-cols-2 gap-x-4 gap-y-5 md:grid-cols-4">
      {figures.map(({ name, value, change }) => (
        <div key={name}>
          <dt className="text-sm text-muted">{name}</dt>
          <dd className="mt-0.5 truncate text-xl tabular-nums sm:text-2xl">{value}</dd>
          <dd className="text-xs text-muted tabular-nums">
            <Change change={change} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** With sign and arrow, as colours alone tell nothing, and other things in other countries. */
function Change({ change }: { change: number | null }) {
  const t = useTexts(texts);
  const locale = useLocale();
  if (change === null) return t.nothingBefore;
  const format = new Intl.NumberFormat(locale, {
    style: 'percent',
    maximumFractionDigits: 0,
    signDisplay: 'exceptZero',
  });
  const arrow = Math.abs(change) < 0.005 ? '' : change > 0 ? '↑ ' : '↓ ';
  return (
    <>
      <span aria-hidden="true">{arrow}</span>
      {t.change(format.format(change))}
    </>
  );
}
