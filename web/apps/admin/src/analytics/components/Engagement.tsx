import { BarChart } from '@sharestack/charts/BarChart.tsx';
import { LineChart } from '@sharestack/charts/LineChart.tsx';
import { Card } from '@sharestack/console/Card.tsx';
import { useLocale, useTexts } from '@sharestack/i18n/locale.tsx';
import { number, shortDay } from '../numbers.ts';
import type { Dashboard } from '../queries.ts';
import { texts } from '../texts.ts';
import { Figures } from './Figures.tsx';

/** What people write, and what others do with it. */
export function Engagement({ engagement: { total, days } }: { engagement: Dashboard['engagement'] }) {
  const t = useTexts(texts);
  const locale = useLocale();
  const labels = days.map(({ day }) => shortDay(day, locale));
  const format = (value: number) => number(value, locale);
  return (
    <Card title={t.engagement}>
      <Figures
        figures={[
          [t.posts, format(total.posts)],
          [t.comments, format(total.comments)],
          [t.reactions, format(total.reactions)],
          [t.perPost, number(total.engagements_per_post, locale)],
          [t.perPerson, number(total.engagements_per_active_user, locale)],
        ]}
      />
      <div className="grid gap-8 xl:grid-cols-2">
        <BarChart
          title={t.posts}
          description={t.engagementDescription}
          axis={t.day}
          labels={labels}
          series={[{ name: t.posts, values: days.map(({ posts }) => posts) }]}
          format={format}
        />
        <LineChart
          title={`${t.reactions} / ${t.comments}`}
          description={t.engagementDescription}
          axis={t.day}
          labels={labels}
          series={[
            { name: t.reactions, values: days.map(({ reactions }) => reactions) },
            { name: t.comments, values: days.map(({ comments }) => comments) },
          ]}
          format={format}
        />
      </div>
    </Card>
  );
}
