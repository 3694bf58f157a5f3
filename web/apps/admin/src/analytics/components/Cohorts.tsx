import { Card } from '@sharestack/console/Card.tsx';
import { useLocale, useTexts } from '@sharestack/i18n/locale.tsx';
import { SideScroller } from '@sharestack/ui/SideScroller.tsx';
import { number, percent, shortDay } from '../numbers.ts';
import type { Dashboard } from '../queries.ts';
import { texts } from '../texts.ts';

const DAYS = [1, 7, 30] as const;
const FAINTEST = 4;

/** Who registered together, and how many of them came back: the darker a field, the more. */
export function Cohorts({ users: { cohorts, retention } }: { users: Dashboard['users'] }) {
  const t = useTexts(texts);
  const locale = useLocale();
  const shown = cohorts.filter(({ registered }) => registered > 0).slice(-20);
  return (
    <Card title={t.cohorts}>
      <p className="mb-3 text-sm text-muted">{t.cohortsLead}</p>
      <SideScroller label={t.cohorts}>
        <table className="w-full text-sm tabular-nums">
          <caption className="sr-only">{t.cohorts}</caption>
          <thead className="text-left text-muted">
            <tr>
              <th scope="col" className="py-1.5 pr-3 font-normal">
                {t.cohort}
              </th>
              <th scope="col" className="py-1.5 pr-3 text-right font-normal">
                {t.size}
              </th>
              {DAYS.map((day) => (
                <th key={day} scope="col" className="px-3 py-1.5 text-right font-normal">
                  {t.afterDay(day)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <Row name={t.everybody} cohort={retention} />
            {shown.map((cohort) => (
              <Row key={cohort.day} name={shortDay(cohort.day, locale)} cohort={cohort} />
            ))}
          </tbody>
        </table>
      </SideScroller>
      {shown.length === 0 && <p className="mt-2 text-sm text-muted">{t.nothing}</p>}
    </Card>
  );
}

type Cohort = Dashboard['users']['retention'];

function Row({ name, cohort }: { name: string; cohort: Cohort }) {
  const locale = useLocale();
  const shares = [cohort.day_1, cohort.day_7, cohort.day_30];
  return (
    <tr className="border-t border-line">
      <th scope="row" className="py-1.5 pr-3 text-left font-medium whitespace-nowrap">
        {name}
      </th>
      <td className="py-1.5 pr-3 text-right">{number(cohort.registered, locale)}</td>
      {shares.map((share, index) => (
        <td
          key={DAYS[index]}
          className="px-3 py-1.5 text-right"
          style={{ background: `color-mix(in oklab, var(--brand) ${heat(share)}%, transparent)` }}
        >
          {percent(share, locale)}
        </td>
      ))}
    </tr>
  );
}

/** Percent of the colour; so little at the most that the numbers keep their contrast. */
const heat = (share: number | null) => (share ? FAINTEST + share * 24 : 0);
