import { useApi } from '@sharestack/api/context.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useId } from 'react';
import { GroupCard } from '../groups/GroupCard.tsx';
import { usePersonal } from '../usePersonal.ts';
import { FoundPeople, FoundTags, FoundTickers } from './FoundNames.tsx';
import { FoundPostRow } from './FoundPostRow.tsx';
import { foundQuery } from './queries.ts';
import type { Kind } from './search.ts';
import { NothingFound, Searching, Trouble } from './Trouble.tsx';
import { findingTexts } from './texts.ts';

/** The first few of each kind; what has none is left out. */
export function FoundAll({ q }: { q: string }) {
  const t = useTexts(findingTexts);
  const { data, error, refetch } = useQuery(foundQuery(useApi(), q));
  usePersonal(data !== undefined, refetch);
  if (!data) return error ? <Trouble error={error} onRetry={() => void refetch()} /> : <Searching />;
  const { posts, people, tickers, tags, groups, isExact } = data;
  if ([posts, people, tickers, tags, groups].every(({ length }) => length === 0)) return <NothingFound />;
  return (
    <>
      {tickers.length > 0 && (
        <Found q={q} kind="tickers">
          <FoundTickers tickers={tickers} />
        </Found>
      )}
      {people.length > 0 && (
        <Found q={q} kind="people">
          <FoundPeople people={people} />
        </Found>
      )}
      {tags.length > 0 && (
        <Found q={q} kind="tags">
          <FoundTags tags={tags} />
        </Found>
      )}
      {groups.length > 0 && (
        <Found q={q} kind="groups">
          <ul className="divide-y divide-line border-y border-line">
            {groups.map((group) => (
              <li key={group.id} className="py-4">
                <GroupCard group={group} />
              </li>
            ))}
          </ul>
        </Found>
      )}
      {posts.length > 0 && (
        <Found q={q} kind="posts">
          {!isExact && <p className="text-sm text-muted">{t.onlySimilar}</p>}
          <ul className="divide-y divide-line">
            {posts.map((post) => (
              <FoundPostRow key={post.id} post={post} />
            ))}
          </ul>
        </Found>
      )}
    </>
  );
}

function Found({ q, kind, children }: { q: string; kind: Kind; children: ReactNode }) {
  const t = useTexts(findingTexts);
  const id = useId();
  return (
    <section aria-labelledby={id} className="mt-8">
      <div className="mb-2 flex flex-wrap items-baseline justify-between gap-x-4">
        <h2 id={id} className="font-display text-xl">
          {t.kinds[kind]}
        </h2>
        <Link
          to="/find"
          search={{ q, kind }}
          rel="nofollow"
          preload={false}
          className="inline-flex min-h-11 items-center text-sm text-brand underline-offset-4 hover:underline"
        >
          {t.more[kind]}
        </Link>
      </div>
      {children}
    </section>
  );
}
