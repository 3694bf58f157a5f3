import { useApi } from '@sharestack/api/context.tsx';
import { pathIn, useLocale, useTexts } from '@sharestack/i18n/locale.tsx';
import { EmptyState } from '@sharestack/ui/EmptyState.tsx';
import { PageHead } from '@sharestack/ui/PageHead.tsx';
import { useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { PostList } from '../components/PostList.tsx';
import type { ListSearch } from '../search.ts';
import { ChartSection } from '../topics/ChartSection.tsx';
import { FollowTopic } from '../topics/FollowTopic.tsx';
import { hashtagPostsQuery, hashtagQuery } from '../topics/queries.ts';
import { topicsTexts } from '../topics/texts.ts';
import { usePersonal } from '../usePersonal.ts';

const route = getRouteApi('/community/tag/$tag');

/** What people write under a hashtag, in all its spellings. */
export function HashtagPage() {
  const t = useTexts(topicsTexts);
  const locale = useLocale();
  const api = useApi();
  const { tag } = route.useParams();
  const { after }: ListSearch = route.useSearch();
  const { data: hashtag, refetch } = useSuspenseQuery(hashtagQuery(api, tag));
  usePersonal(hashtag.viewer === null, refetch);
  return (
    <div className="page max-w-3xl pt-6">
      <PageHead
        title={`#${hashtag.name}`}
        description={t.tagAbout(hashtag.name)}
        path={pathIn(locale, `/tag/${encodeURIComponent(hashtag.key)}`)}
        isIndexed={!after}
      />
      <h1 tabIndex={-1} dir="auto" className="font-display text-3xl break-words">
        #{hashtag.name}
      </h1>
      <ul className="mt-3 flex flex-wrap gap-x-4 text-sm text-muted tabular-nums">
        <li>{t.inMonth(hashtag.stats.posts)}</li>
        <li>{t.followers(hashtag.stats.followers)}</li>
      </ul>
      <FollowTopic topic={hashtag} />
      <ChartSection days={hashtag.days} />
      <h2 className="sr-only">{t.posts(`#${hashtag.name}`)}</h2>
      <PostList
        key={hashtag.id}
        query={hashtagPostsQuery(api, tag, after)}
        label={t.posts(`#${hashtag.name}`)}
        empty={<EmptyState title={t.noPosts} />}
      />
    </div>
  );
}
