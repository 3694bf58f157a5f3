import { useApi } from '@sharestack/api/context.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { lowStockQuery } from '../queries.ts';
import { texts } from '../texts.ts';
import { Panel } from './Panel.tsx';

/** A few of the variants that are nearly gone, and the way to all of them. */
export function LowStock() {
  const t = useTexts(texts);
  const query = useQuery(lowStockQuery(useApi()));
  const all = (
    <Link to="/inventory" search={{ stock: 'low' }} className="text-sm text-brand underline-offset-4 hover:underline">
      {t.all}
    </Link>
  );
  return (
    <Panel title={t.lowStock} query={query} size="h-60" aside={all}>
      {(levels) =>
        levels.length === 0 ? (
          <p className="text-muted">{t.nothingLow}</p>
        ) : (
          <ul className="divide-y divide-line text-sm">
            {levels.map(({ variant_id, product_name, option_values, available }) => (
              <li key={variant_id} className="flex items-baseline gap-3 py-2.5">
                <span className="min-w-0 grow truncate">
                  <bdi>{product_name}</bdi> <bdi className="text-muted">{option_values.join(' / ')}</bdi>
                </span>
                <span className={`shrink-0 tabular-nums ${available <= 0 ? 'text-danger' : 'text-warn'}`}>
                  {t.left(available)}
                </span>
              </li>
            ))}
          </ul>
        )
      }
    </Panel>
  );
}
