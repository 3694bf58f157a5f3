import { useApi } from '@sharestack/api/context.tsx';
import { Loaded } from '@sharestack/console/Loaded.tsx';
import { Mark } from '@sharestack/console/Mark.tsx';
import { RoomHead } from '@sharestack/console/RoomHead.tsx';
import { useLocale, useTexts } from '@sharestack/i18n/locale.tsx';
import { EmptyState } from '@sharestack/ui/EmptyState.tsx';
import { SideScroller } from '@sharestack/ui/SideScroller.tsx';
import { useQuery } from '@tanstack/react-query';
import { vitalsQuery, type WebVital } from '../queries.ts';
import { texts } from '../texts.ts';

/** How fast the storefront was for its visitors, by kind of page. */
export function SpeedPage() {
  const t = useTexts(texts);
  const query = useQuery(vitalsQuery(useApi()));
  return (
    <div className="space-y-5">
      <RoomHead title={t.speed} lead={t.speedLead} />
      <Loaded query={query}>
        {({ items }) => (items.length === 0 ? <EmptyState title={t.noVitals} /> : <Vitals items={items} />)}
      </Loaded>
    </div>
  );
}

function Vitals({ items }: { items: readonly WebVital[] }) {
  const t = useTexts(texts);
  const locale = useLocale();
  return (
    <SideScroller label={t.speed} className="rounded-card border border-line bg-surface">
      <table className="w-full text-sm tabular-nums">
        <caption className="sr-only">{t.speed}</caption>
        <thead className="text-left text-muted">
          <tr>
            {[t.page, t.vital, t.value, t.status, t.visits].map((title) => (
              <th key={title} scope="col" className="px-4 py-2.5 font-normal">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((vital) => (
            <tr key={`${vital.page} ${vital.name}`} className="border-t border-line">
              <th scope="row" className="px-4 py-2 text-left font-medium">
                {t.pages[vital.page] ?? vital.page}
              </th>
              <td className="px-4 py-2">{t.vitals[vital.name]}</td>
              <td className="px-4 py-2">{shown(vital, locale)}</td>
              <td className="px-4 py-2">
                <Mark tone={vital.is_good ? 'good' : 'warn'}>{vital.is_good ? t.good : t.poor}</Mark>
              </td>
              <td className="px-4 py-2">{vital.count.toLocaleString(locale)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </SideScroller>
  );
}

const shown = ({ name, percentile_75 }: WebVital, locale: string) =>
  name === 'cls' ? percentile_75.toFixed(3) : `${Math.round(percentile_75).toLocaleString(locale)} ms`;
