import { useApi } from '@sharestack/api/context.tsx';
import { asProblem } from '@sharestack/api/problem.ts';
import { useLocale, useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { ErrorState } from '@sharestack/ui/ErrorState.tsx';
import { Skeleton } from '@sharestack/ui/Skeleton.tsx';
import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ProblemNote } from '../acting/ProblemNote.tsx';
import { PersonRow } from '../people/PersonRow.tsx';
import { setFollow } from '../people/queries.ts';
import { setTickerFollow } from '../topics/queries.ts';
import { type TalkedOf, type TrendingTicker, talkedOfQuery, trendingQuery } from './queries.ts';
import { welcomingTexts } from './texts.ts';
import { useFollowing } from './useFollowing.ts';

/** Tickers that are talked of. */
export function SuggestedTickers() {
  const t = useTexts(welcomingTexts);
  const query = useQuery(trendingQuery(useApi()));
  return (
    <Loaded query={query} items={query.data?.items} empty={t.noTickers}>
      {(tickers) => tickers.map((ticker) => <Ticker key={ticker.id} ticker={ticker} />)}
    </Loaded>
  );
}

/** People whose posts are talked of. */
export function SuggestedPeople() {
  const t = useTexts(welcomingTexts);
  const query = useQuery(talkedOfQuery(useApi()));
  return (
    <Loaded query={query} items={query.data} empty={t.noPeople}>
      {(people) => people.map((one) => <Person key={one.person.id} {...one} />)}
    </Loaded>
  );
}

interface LoadedProps<T> {
  query: Pick<UseQueryResult, 'error' | 'refetch'>;
  items: readonly T[] | undefined;
  empty: string;
  children: (items: readonly T[]) => ReactNode;
}

function Loaded<T>({ query: { error, refetch }, items, empty, children }: LoadedProps<T>) {
  const t = useTexts(welcomingTexts);
  if (items && items.length > 0) {
    return <ul className="divide-y divide-line border-y border-line">{children(items)}</ul>;
  }
  if (items) {
    return (
      <p>
        {empty}{' '}
        <Link to="/find" search={{}} className="text-brand underline underline-offset-4">
          {t.find}
        </Link>
      </p>
    );
  }
  if (!error) return <Skeleton className="h-40" />;
  const { correlationId, status } = asProblem(error);
  return <ErrorState correlationId={correlationId} isOffline={status === 0} onRetry={() => void refetch()} />;
}

function Ticker({ ticker: { id, symbol, name, name_zh: nameZh } }: { ticker: TrendingTicker }) {
  const t = useTexts(welcomingTexts);
  const api = useApi();
  const locale = useLocale();
  const { isOn, problem, toggle } = useFollowing(`is_followed ${id}`, false, (next) =>
    setTickerFollow(api, symbol, next),
  );
  return (
    <li className="py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <Link to="/t/$symbol" params={{ symbol }} className="min-w-40 grow basis-0 hover:underline">
          <span className="font-medium">{symbol}</span>{' '}
          <span className="text-muted">{locale === 'en' ? (name ?? nameZh) : (nameZh ?? name)}</span>
        </Link>
        <FollowButton name={symbol} isOn={isOn} onPress={toggle} />
      </div>
      <ProblemNote error={problem} words={t.problems} />
    </li>
  );
}

function Person({ person, isFollowed }: TalkedOf) {
  const api = useApi();
  const { isOn, problem, toggle } = useFollowing(`follow ${person.id}`, isFollowed, (next) =>
    setFollow(api, person.id, next),
  );
  const button = <FollowButton name={person.display_name} isOn={isOn} onPress={toggle} />;
  return (
    <PersonRow person={person} note={null} actions={button}>
      <ProblemNote error={problem} />
    </PersonRow>
  );
}

function FollowButton({ name, isOn, onPress }: { name: string; isOn: boolean; onPress: () => void }) {
  const t = useTexts(welcomingTexts);
  return (
    <Button
      kind={isOn ? 'secondary' : 'primary'}
      aria-label={isOn ? t.unfollowOf(name) : t.followOf(name)}
      onClick={onPress}
    >
      {isOn ? t.unfollow : t.follow}
    </Button>
  );
}
