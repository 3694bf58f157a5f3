import { useApi } from '@sharestack/api/context.tsx';
import { Card } from '@sharestack/console/Card.tsx';
import { Loaded } from '@sharestack/console/Loaded.tsx';
import { Mark } from '@sharestack/console/Mark.tsx';
import { formatDay } from '@sharestack/i18n/dates.ts';
import { useLocale, useTexts } from '@sharestack/i18n/locale.tsx';
import { useQuery } from '@tanstack/react-query';
import { comparisonsQuery } from '../queries.ts';
import { texts } from '../texts.ts';

const SHOWN = 7;

/** The days that were compared last, and how many differences each still has. */
export function Comparisons() {
  const t = useTexts(texts);
  const locale = useLocale();
  const query = useQuery(comparisonsQuery(useApi()));
  return (
    <Card title={t.days}>
      <Loaded query={query} size="h-24">
        {(comparisons) =>
          comparisons.length === 0 ? (
            <p className="text-sm text-muted">{t.none}</p>
          ) : (
            <ul className="divide-y divide-line text-sm">
              {comparisons.slice(0, SHOWN).map((one) => (
                <li key={one.id} className="flex flex-wrap items-center justify-between gap-3 py-1.5">
                  <span>{formatDay(one.day, locale)}</span>
                  <span className="text-muted tabular-nums">
                    {t.theirs} {one.provider_transactions} · {t.ours} {one.ledger_transactions}
                  </span>
                  <Mark tone={one.open_differences > 0 ? 'warn' : 'good'}>
                    {t.differences}: {one.open_differences}
                  </Mark>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Card>
  );
}
