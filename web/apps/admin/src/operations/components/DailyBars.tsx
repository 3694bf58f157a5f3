import { formatDay } from '@sharestack/i18n/dates.ts';
import { useLocale, useTexts } from '@sharestack/i18n/locale.tsx';
import { texts } from '../texts.ts';

interface Props {
  title: string;
  days: readonly { day: string; amount: number }[];
  format: (amount: number) => string;
}

const HEIGHT = 80;
const STEP = 10;

/** A bar a day, and the same as a table: who cannot see the figure misses nothing. Days below zero hang down. */
export function DailyBars({ title, days, format }: Props) {
  const t = useTexts(texts);
  const locale = useLocale();
  const most = Math.max(...days.map(({ amount }) => amount), 0);
  const least = Math.min(...days.map(({ amount }) => amount), 0);
  const scale = HEIGHT / (most - least || 1);
  const zero = most * scale;
  return (
    <figure className="mt-6">
      <figcaption className="mb-2 text-sm text-muted">{title}</figcaption>
      <svg
        viewBox={`0 0 ${days.length * STEP} ${HEIGHT}`}
        preserveAspectRatio="none"
        className="h-28 w-full overflow-visible"
        aria-hidden="true"
      >
        {days.map(({ day, amount }, index) => (
          <rect
            key={day}
            x={index * STEP + 1.5}
            width={STEP - 3}
            y={amount >= 0 ? zero - amount * scale : zero}
            height={Math.max(Math.abs(amount) * scale, 0.6)}
            className={amount >= 0 ? 'fill-brand' : 'fill-danger'}
          >
            <title>{`${formatDay(day, locale)}: ${format(amount)}`}</title>
          </rect>
        ))}
      </svg>
      <details className="mt-3 text-sm">
        <summary className="inline-flex min-h-9 items-center text-brand underline-offset-4 hover:underline">
          {t.asTable}
        </summary>
        <table className="mt-2 w-full max-w-md tabular-nums">
          <thead className="text-left text-muted">
            <tr>
              <th className="py-1 font-normal">{t.day}</th>
              <th className="py-1 text-right font-normal">{t.net}</th>
            </tr>
          </thead>
          <tbody>
            {days.map(({ day, amount }) => (
              <tr key={day} className="border-t border-line">
                <td className="py-1">{formatDay(day, locale)}</td>
                <td className="py-1 text-right">{format(amount)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}
