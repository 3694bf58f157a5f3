import { Card } from '@sharestack/console/Card.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import type { Dashboard } from '../queries.ts';
import { texts } from '../texts.ts';

/** What most people did something with, or wrote of. */
export function Trending({ trending: { posts, tickers } }: { trending: Dashboard['trending'] }) {
  const t = useTexts(texts);
  return (
    <div className="grid grid-cols-1 items-start gap-5 xl:grid-cols-2">
      <Card title={t.trendingPosts}>
        {posts.length === 0 ? (
          <p className="text-sm text-muted">{t.nothing}</p>
        ) : (
          <ol className="divide-y divide-line text-sm">
            {posts.map(({ post_id, username, excerpt, people }) => (
              <li key={post_id} className="flex gap-3 py-2">
                <a href={`/posts/${post_id}`} className="min-w-0 grow hover:underline">
                  <bdi className="font-medium">@{username}</bdi>{' '}
                  <bdi className="block truncate text-muted">{excerpt}</bdi>
                </a>
                <span className="shrink-0 tabular-nums">{t.peopleCount(people)}</span>
              </li>
            ))}
          </ol>
        )}
      </Card>
      <Card title={t.trendingTickers}>
        {tickers.length === 0 ? (
          <p className="text-sm text-muted">{t.nothing}</p>
        ) : (
          <ol className="divide-y divide-line text-sm">
            {tickers.map(({ ticker_id, symbol, name, people }) => (
              <li key={ticker_id} className="flex gap-3 py-2">
                <a href={`/t/${encodeURIComponent(symbol)}`} className="min-w-0 grow truncate hover:underline">
                  <span className="font-medium">{symbol}</span> <bdi className="text-muted">{name}</bdi>
                </a>
                <span className="shrink-0 tabular-nums">{t.peopleCount(people)}</span>
              </li>
            ))}
          </ol>
        )}
      </Card>
    </div>
  );
}
