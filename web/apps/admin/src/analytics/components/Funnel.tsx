import { BarChart } from '@sharestack/charts/BarChart.tsx';
import { Card } from '@sharestack/console/Card.tsx';
import { useLocale, useTexts } from '@sharestack/i18n/locale.tsx';
import { number, percent, shortDay } from '../numbers.ts';
import type { Dashboard } from '../queries.ts';
import { texts } from '../texts.ts';

const STEPS = ['registered', 'active', 'engaged', 'contributed', 'returned'] as const;

/** Of those who registered, how many went how far; and how many registered each week. */
export function Funnel({ growth: { funnel, periods } }: { growth: Dashboard['growth'] }) {
  const t = useTexts(texts);
  const locale = useLocale();
  const all = funnel.registered;
  return (
    <Card title={t.funnel}>
      <ol className="mb-8 space-y-2.5">
        {STEPS.map((step) => {
          const share = all > 0 ? funnel[step] / all : 0;
          return (
            <li key={step} className="text-sm">
              <div className="flex justify-between gap-3">
                <span>{t.steps[step]}</span>
                <span className="tabular-nums">
                  {number(funnel[step], locale)}{' '}
                  <span className="text-muted">{all > 0 ? percent(share, locale) : '–'}</span>
                </span>
              </div>
              <div aria-hidden="true" className="mt-1 h-2 rounded-full bg-sunken">
                <div className="h-2 rounded-full bg-brand" style={{ width: `${share * 100}%` }} />
              </div>
            </li>
          );
        })}
      </ol>
      <BarChart
        title={t.growth}
        description={t.growthDescription}
        axis={t.week}
        labels={periods.map(({ starts_on }) => shortDay(starts_on, locale))}
        series={[{ name: t.registrations, values: periods.map(({ registrations }) => registrations) }]}
        format={(value) => number(value, locale)}
      />
    </Card>
  );
}
