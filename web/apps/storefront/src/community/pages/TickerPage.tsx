import { useApi } from '@sharestack/api/context.tsx';
import { type Locale, pathIn, useLocale, useTexts } from '@sharestack/i18n/locale.tsx';
import { EmptyState } from '@sharestack/ui/EmptyState.tsx';
import { PageHead } from '@sharestack/ui/PageHead.tsx';
import { useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { TrendingDown, TrendingUp } from 'lucide-react';
import { PostList } from '../components/PostList.tsx';
import type { ListSearch } from '../search.ts';
import { ChartSection } from '../topics/ChartSection.tsx';
import { FollowTopic } from '../topics/FollowTopic.tsx';
import { type Ticker, tickerPostsQuery, tickerQuery } from '../topics/queries.ts';
import { topicsTexts } from '../topics/texts.ts';
import { usePersonal } from '../usePersonal.ts';

const route = getRouteApi('/community/t/$symbol');

const nameIn = (locale: Locale, { name, name_zh }: Ticker) => (locale === 'en' ? (name ?? name_zh) : (name_zh ?? name));

/** What people say of a security. */
export function TickerPage() {
  const t = useTexts(topicsTexts);
  const locale = useLocale();
  const api = useApi();
  const { symbol } = route.useParams();
  const { after }: ListSearch = route.useSearch();
  const { data: ticker, refetch } = useSuspenseQuery(tickerQuery(api, symbol));
  usePersonal(ticker.viewer === null, refetch);
  const name = nameIn(locale, ticker);
  return (
    <div className="page max-w-3xl pt-6">
      <PageHead
        title={t.tickerTitle(ticker.symbol, name)}
        description={t.tickerAbout(ticker.symbol)}
        path={pathIn(locale, `/t/${encodeURIComponent(ticker.symbol)}`)}
        isIndexed={!after}
      />
      <h1 tabIndex={-1} className="font-display text-3xl break-words">
        {ticker.symbol}
      </h1>
      {name && <p className="text-lg text-muted">{name}</p>}
      <Numbers ticker={ticker} />
      <FollowTopic topic={ticker} />
      <ChartSection days={ticker.days} />
      <p className="mt-3 border-b border-line pb-4 text-sm text-muted">{t.disclaimer}</p>
      <h2 className="sr-only">{t.posts(ticker.symbol)}</h2>
      <PostList
        key={ticker.id}
        query={tickerPostsQuery(api, symbol, after)}
        label={t.posts(ticker.symbol)}
        empty={<EmptyState title={t.noPosts} />}
      />
    </div>
  );
}

/** Rises and falls have a sign and a word beside their colour. */
function Numbers({ ticker: { market, stats } }: { ticker: Ticker }) {
  const t = useTexts(topicsTexts);
  const { posts, bullish, bearish, bullish_ratio, followers, watchers } = stats;
  return (
    <ul className="mt-3 flex flex-wrap gap-x-4 gap-y-1 text-sm text-muted tabular-nums">
      {market && (
        <li>
          {t.market} {market}
        </li>
      )}
      <li>{t.inMonth(posts)}</li>
      <li className="inline-flex items-center gap-1 text-up">
        <TrendingUp className="size-4" aria-hidden="true" />
        {t.bullish(bullish)}
      </li>
      <li className="inline-flex items-center gap-1 text-down">
        <TrendingDown className="size-4" aria-hidden="true" />
        {t.bearish(bearish)}
      </li>
      {bullish_ratio !== null && <li>{t.ratio(Math.round(bullish_ratio * 100))}</li>}
      <li>{t.followers(followers)}</li>
      <li>{t.watchers(watchers)}</li>
    </ul>
  );
}
