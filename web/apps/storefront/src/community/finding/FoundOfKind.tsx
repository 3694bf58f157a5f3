import { useApi } from '@sharestack/api/context.tsx';
import { useGrowingList } from '@sharestack/api/growingList.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { MoreList } from '@sharestack/ui/MoreList.tsx';
import { useQuery } from '@tanstack/react-query';
import { GroupCard } from '../groups/GroupCard.tsx';
import { usePersonal } from '../usePersonal.ts';
import { FoundPeople, FoundTags, FoundTickers } from './FoundNames.tsx';
import { FoundPostRow } from './FoundPostRow.tsx';
import { foundGroupsQuery, foundNamesQuery, foundPostsQuery, MOST } from './queries.ts';
import type { Kind } from './search.ts';
import { NothingFound, Searching, Trouble } from './Trouble.tsx';
import { findingTexts } from './texts.ts';

/** All that was found of one kind. */
export function FoundOfKind({ q, kind }: { q: string; kind: Kind }) {
  const t = useTexts(findingTexts);
  return (
    <>
      <h2 className="sr-only">{t.kinds[kind]}</h2>
      {kind === 'posts' ? <Posts q={q} /> : kind === 'groups' ? <Groups q={q} /> : <Names q={q} kind={kind} />}
    </>
  );
}

function Posts({ q }: { q: string }) {
  const t = useTexts(findingTexts);
  const list = useGrowingList(foundPostsQuery(useApi(), q));
  if (list.problem?.code === 'query_too_short') return <Trouble error={list.problem} onRetry={list.onRetry} />;
  return (
    <>
      {list.items?.[0]?.isExact === false && <p className="mb-2 text-sm text-muted">{t.onlySimilar}</p>}
      <MoreList {...list} empty={<NothingFound />}>
        {({ post }) => <FoundPostRow key={post.id} post={post} />}
      </MoreList>
    </>
  );
}

function Groups({ q }: { q: string }) {
  const list = useGrowingList(foundGroupsQuery(useApi(), q));
  return (
    <MoreList {...list} empty={<NothingFound />}>
      {(group) => (
        <li key={group.id} className="py-5">
          <GroupCard group={group} />
        </li>
      )}
    </MoreList>
  );
}

function Names({ q, kind }: { q: string; kind: 'people' | 'tickers' | 'tags' }) {
  const t = useTexts(findingTexts);
  const { data, error, refetch } = useQuery(foundNamesQuery(useApi(), q, kind));
  usePersonal(data !== undefined, refetch);
  if (!data) return error ? <Trouble error={error} onRetry={() => void refetch()} /> : <Searching />;
  const count = data[kind].length;
  if (count === 0) return <NothingFound />;
  return (
    <>
      <p role="status" className="sr-only">
        {t.found(count)}
      </p>
      {kind === 'people' && <FoundPeople people={data.people} />}
      {kind === 'tickers' && <FoundTickers tickers={data.tickers} />}
      {kind === 'tags' && <FoundTags tags={data.tags} />}
      {count >= MOST && <p className="mt-3 text-sm text-muted">{t.mostShown(MOST)}</p>}
    </>
  );
}
