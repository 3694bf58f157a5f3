import { useApi } from '@sharestack/api/context.tsx';
import { BarChart } from '@sharestack/charts/BarChart.tsx';
import { LineChart } from '@sharestack/charts/LineChart.tsx';
import { type Locale, useLocale, useTexts } from '@sharestack/i18n/locale.tsx';
import { formatMoney, minorDigits } from '@sharestack/i18n/money.ts';
import { useQuery } from '@tanstack/react-query';
import { busiest, compared } from '../comparison.ts';
import { type SalesOfCurrency, salesQuery } from '../queries.ts';
import type { Range } from '../search.ts';
import { texts } from '../texts.ts';
import { CurrencyChoice } from './CurrencyChoice.tsx';
import { FigureList } from './FigureList.tsx';
import { Panel } from './Panel.tsx';
import { RangeChoice } from './RangeChoice.tsx';

interface Props {
  days: Range;
  currency: string | undefined;
}

/** How it goes: figures and charts of the last days, beside those before. */
export function Sales({ days, currency: chosen }: Props) {
  const t = useTexts(texts);
  const query = useQuery(salesQuery(useApi(), days));
  const sales = query.data ?? [];
  const wanted = sales.some(({ currency }) => currency === chosen) ? chosen : busiest(sales);
  const shown = sales.find(({ currency }) => currency === wanted);
  return (
    <Panel
      title={t.sales}
      query={query}
      size="h-[42rem] md:h-[26rem]"
      aside={
        <div className="flex flex-wrap gap-2">
          {shown && <CurrencyChoice currencies={sales.map(({ currency }) => currency)} currency={shown.currency} />}
          <RangeChoice currency={chosen} />
        </div>
      }
    >
      {() => (shown ? <Charts sales={shown} days={days} /> : <p className="py-8 text-muted">{t.noSales}</p>)}
    </Panel>
  );
}

function Charts({ sales: { currency, periods }, days: count }: { sales: SalesOfCurrency; days: Range }) {
  const t = useTexts(texts);
  const locale = useLocale();
  const comparison = compared(periods, count);
  const { days, before } = comparison;
  const labels = days.map(({ starts_on }) => shortDay(starts_on, locale));
  const money = (amount: number) => formatMoney(amount, currency, locale);
  const compact = compactMoney(currency, locale);
  return (
    <>
      <FigureList comparison={comparison} currency={currency} />
      <div className="mt-8 grid grid-cols-[minmax(0,1fr)] gap-8 xl:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <LineChart
          title={t.netPerDay(currency)}
          description={t.netDescription}
          axis={t.day}
          labels={labels}
          series={[
            { name: t.theseDays(count), values: days.map(({ net_amount }) => net_amount) },
            ...(before.length === days.length
              ? [{ name: t.before(count), values: before.map(({ net_amount }) => net_amount) }]
              : []),
          ]}
          format={money}
          formatTick={compact}
        />
        <BarChart
          title={t.ordersPerDay}
          description={t.ordersDescription}
          axis={t.day}
          labels={labels}
          series={[{ name: t.orders, values: days.map(({ orders }) => orders) }]}
          format={(orders) => orders.toLocaleString(locale)}
        />
      </div>
    </>
  );
}

const shortDay = (day: string, locale: Locale) =>
  new Intl.DateTimeFormat(locale, { month: 'short', day: 'numeric', timeZone: 'UTC' }).format(new Date(day));

function compactMoney(currency: string, locale: Locale) {
  const format = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 });
  return (amount: number) => format.format(amount / 10 ** minorDigits(currency));
}
