import { BarChart } from '@sharestack/charts/BarChart.tsx';
import { LineChart } from '@sharestack/charts/LineChart.tsx';
import { useLocale, useTexts } from '@sharestack/i18n/locale.tsx';
import { MarketField } from '@sharestack/ui/market/MarketField.tsx';
import type { TopicDay } from './queries.ts';
import { topicsTexts } from './texts.ts';

/** How much a topic is talked of, day by day, and in which mood. */
export function TopicCharts({ days }: { days: readonly TopicDay[] }) {
  const t = useTexts(topicsTexts);
  const locale = useLocale();
  const day = new Intl.DateTimeFormat(locale, { month: 'short', day: 'numeric', timeZone: 'UTC' });
  const number = new Intl.NumberFormat(locale);
  const shared = {
    axis: t.day,
    labels: days.map((one) => day.format(new Date(`${one.day}T00:00:00Z`))),
    format: (value: number) => number.format(value),
  };
  const hasMood = days.some(({ bullish, bearish }) => bullish + bearish > 0);
  return (
    <div className="space-y-6">
      <BarChart
        {...shared}
        title={t.volume}
        description={t.volumeAbout}
        series={[{ name: t.volume, values: days.map(({ posts }) => posts) }]}
      />
      {hasMood && (
        <>
          <LineChart
            {...shared}
            title={t.mood}
            description={t.moodAbout}
            series={[
              { name: t.bullishLine, values: days.map(({ bullish }) => bullish), trend: 'up' },
              { name: t.bearishLine, values: days.map(({ bearish }) => bearish), trend: 'down' },
            ]}
          />
          <MarketField />
        </>
      )}
    </div>
  );
}
