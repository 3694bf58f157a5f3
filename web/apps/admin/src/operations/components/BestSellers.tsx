import { useApi } from '@sharestack/api/context.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Money } from '@sharestack/ui/Money.tsx';
import { useQuery } from '@tanstack/react-query';
import { busiest } from '../comparison.ts';
import { bestSellersQuery, salesQuery } from '../queries.ts';
import type { Range } from '../search.ts';
import { texts } from '../texts.ts';
import { Panel } from './Panel.tsx';

interface Props {
  days: Range;
  currency: string | undefined;
}

/** What sold best this month, in the currency that is shown. */
export function BestSellers({ days, currency: chosen }: Props) {
  const t = useTexts(texts);
  const api = useApi();
  const sales = useQuery(salesQuery(api, days)).data;
  const currency = chosen ?? busiest(sales ?? []) ?? '';
  const query = useQuery({ ...bestSellersQuery(api, currency), enabled: currency !== '' });
  if (sales && currency === '') return null;
  return (
    <Panel title={t.bestSellers} query={query} size="h-60">
      {(products) =>
        products.length === 0 ? (
          <p className="text-muted">{t.noSales}</p>
        ) : (
          <ol className="divide-y divide-line text-sm">
            {products.map(({ product_id, rank, name, units, revenue_amount }) => (
              <li key={product_id} className="flex items-baseline gap-3 py-2.5">
                <span className="w-4 shrink-0 text-muted tabular-nums">{rank}</span>
                <bdi className="min-w-0 grow truncate">{name}</bdi>
                <span className="shrink-0 text-muted tabular-nums">{t.units(units)}</span>
                <Money amount={revenue_amount} currency={currency} className="w-24 shrink-0 text-right" />
              </li>
            ))}
          </ol>
        )
      }
    </Panel>
  );
}
