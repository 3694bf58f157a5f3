import { useApi } from '@sharestack/api/context.tsx';
import { Loaded } from '@sharestack/console/Loaded.tsx';
import { RoomHead } from '@sharestack/console/RoomHead.tsx';
import { formatDay } from '@sharestack/i18n/dates.ts';
import { useLocale, useTexts } from '@sharestack/i18n/locale.tsx';
import { useMoment } from '@sharestack/ui/Moment.tsx';
import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { Cohorts } from '../components/Cohorts.tsx';
import { Engagement } from '../components/Engagement.tsx';
import { Files } from '../components/Files.tsx';
import { Funnel } from '../components/Funnel.tsx';
import { Now } from '../components/Now.tsx';
import { People } from '../components/People.tsx';
import { Trending } from '../components/Trending.tsx';
import { dashboardQuery } from '../queries.ts';
import { DEFAULT_RANGE, RANGES } from '../search.ts';
import { texts } from '../texts.ts';

const CHOICE =
  'inline-flex min-h-11 items-center rounded-[4px] px-3 text-muted hover:text-ink aria-[current=page]:bg-brand-soft aria-[current=page]:text-ink sm:min-h-8';

/** Who comes, what they do, and whether they come back; each figure is defined beside its query. */
export function MetricsPage() {
  const t = useTexts(texts);
  const locale = useLocale();
  const moment = useMoment();
  const { days = DEFAULT_RANGE } = useSearch({ from: '/metrics' });
  const query = useQuery(dashboardQuery(useApi(), Number(days)));
  const { data } = query;
  const refreshed = data?.users.freshness.refreshed_at;
  return (
    <div className="space-y-5">
      <RoomHead
        title={t.title}
        lead={data && t.lead(formatDay(data.first_day, locale), formatDay(data.last_day, locale))}
      >
        <nav aria-label={t.range} className="flex rounded-control border border-line p-0.5 text-sm">
          {RANGES.map((range) => (
            <Link
              key={range}
              to="/metrics"
              search={range === DEFAULT_RANGE ? {} : { days: range }}
              replace
              resetScroll={false}
              activeOptions={{ exact: true, includeSearch: true }}
              className={CHOICE}
            >
              {t.days(range)}
            </Link>
          ))}
        </nav>
      </RoomHead>
      <Loaded query={query} size="h-[60rem]">
        {(dashboard) => (
          <>
            {refreshed && <p className="text-sm text-muted">{t.freshness(moment(refreshed))}</p>}
            <Now health={dashboard.health} />
            <People users={dashboard.users} />
            <Engagement engagement={dashboard.engagement} />
            <div className="grid grid-cols-1 items-start gap-5 xl:grid-cols-2">
              <Funnel growth={dashboard.growth} />
              <Cohorts users={dashboard.users} />
            </div>
            <Trending trending={dashboard.trending} />
            <Files days={Number(days)} />
          </>
        )}
      </Loaded>
    </div>
  );
}
