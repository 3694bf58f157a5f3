import { useApi } from '@sharestack/api/context.tsx';
import { asProblem } from '@sharestack/api/problem.ts';
import { useLocale, useTexts } from '@sharestack/i18n/locale.tsx';
import { formatMoney } from '@sharestack/i18n/money.ts';
import { ErrorState } from '@sharestack/ui/ErrorState.tsx';
import { Skeleton } from '@sharestack/ui/Skeleton.tsx';
import { useQuery } from '@tanstack/react-query';
import { type SalesOfCurrency, salesQuery } from '../queries.ts';
import { texts } from '../texts.ts';
import { DailyBars } from './DailyBars.tsx';

export function Sales() {
  const t = useTexts(texts);
  const { data, error, refetch } = useQuery(salesQuery(useApi()));
  return (
    <section aria-labelledby="sales">
      <h2 id="sales" className="mb-3 font-semibold">
        {t.sales}
      </h2>
      {data ? (
        <div className="space-y-4">
          {data.sales.length === 0 && <p className="text-muted">{t.noSales}</p>}
          {busiestFirst(data.sales).map((sales) => (
            <Currency key={sales.currency} sales={sales} />
          ))}
        </div>
      ) : error ? (
        <ErrorState
          correlationId={asProblem(error).correlationId}
          isOffline={asProblem(error).status === 0}
          onRetry={() => void refetch()}
        />
      ) : (
        <Skeleton className="h-56" />
      )}
    </section>
  );
}

const busiestFirst = (sales: readonly SalesOfCurrency[]) => [...sales].sort((a, b) => b.total.orders - a.total.orders);

/** One currency: amounts of two are never added up. */
function Currency({ sales: { currency, total, periods } }: { sales: SalesOfCurrency }) {
  const t = useTexts(texts);
  const locale = useLocale();
  const money = (amount: number) => formatMoney(amount, currency, locale);
  const { average_order_amount: average, conversion_rate: rate } = total;
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  const figures = [
    [t.net, money(total.net_amount)],
    [t.orders, total.orders.toLocaleString(locale)],
    [t.average, average === null ? '–' : money(average)],
    [t.conversion, rate === null ? '–' : percent.format(rate)],
  ];
  return (
    <div className="rounded-card border border-line bg-surface p-5">
      <dl className="grid grid-cols-2 gap-4 md:grid-cols-4">
        {figures.map(([name, value]) => (
          <div key={name}>
            <dt className="text-sm text-muted">{name}</dt>
            <dd className="mt-0.5 text-xl tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
      <DailyBars
        title={t.perDay(currency)}
        days={periods.map(({ starts_on, net_amount }) => ({ day: starts_on, amount: net_amount }))}
        format={money}
      />
    </div>
  );
}
