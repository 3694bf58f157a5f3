import { LineChart } from '@sharestack/charts/LineChart.tsx';
import { Card } from '@sharestack/console/Card.tsx';
import { useLocale, useTexts } from '@sharestack/i18n/locale.tsx';
import { number, percent, shortDay } from '../numbers.ts';
import type { Dashboard } from '../queries.ts';
import { texts } from '../texts.ts';
import { Figures } from './Figures.tsx';

const MINUTE = 60;

/** How many people do something: by day, beside those of the month. */
export function People({ users: { total, days } }: { users: Dashboard['users'] }) {
  const t = useTexts(texts);
  const locale = useLocale();
  const minutes = total.average_session_seconds === null ? null : total.average_session_seconds / MINUTE;
  return (
    <Card title={t.people}>
      <Figures
        figures={[
          [t.average, number(total.average_active_users, locale)],
          [t.stickiness, percent(total.average_stickiness, locale)],
          [t.registrations, number(total.registrations, locale)],
          [t.sessions, number(total.sessions, locale)],
          [t.session, minutes === null ? '–' : t.minutes(number(minutes, locale))],
        ]}
      />
      <div className="grid gap-8 xl:grid-cols-2">
        <LineChart
          title={t.dau}
          description={t.activeDescription}
          axis={t.day}
          labels={days.map(({ day }) => shortDay(day, locale))}
          series={[
            { name: t.dau, values: days.map(({ active_users }) => active_users) },
            { name: t.wau, values: days.map(({ weekly_active_users }) => weekly_active_users) },
          ]}
          format={(value) => number(value, locale)}
        />
        <LineChart
          title={t.mau}
          description={t.activeDescription}
          axis={t.day}
          labels={days.map(({ day }) => shortDay(day, locale))}
          series={[{ name: t.mau, values: days.map(({ monthly_active_users }) => monthly_active_users) }]}
          format={(value) => number(value, locale)}
        />
      </div>
    </Card>
  );
}
