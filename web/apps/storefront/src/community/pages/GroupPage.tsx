import { useApi } from '@sharestack/api/context.tsx';
import { pathIn, useLocale, useTexts } from '@sharestack/i18n/locale.tsx';
import { EmptyState } from '@sharestack/ui/EmptyState.tsx';
import { PageHead } from '@sharestack/ui/PageHead.tsx';
import { useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { PostList } from '../components/PostList.tsx';
import { GroupHeader } from '../groups/GroupHeader.tsx';
import { type Group, groupPostsQuery, groupQuery } from '../groups/queries.ts';
import { groupsTexts } from '../groups/texts.ts';
import type { ListSearch } from '../search.ts';
import { firstWords } from '../structuredData.ts';
import { usePersonal } from '../usePersonal.ts';

const route = getRouteApi('/community/groups/$slug');
const DESCRIPTION = 160;

const canRead = ({ viewer, access }: Group) => viewer?.can_read ?? access === 'public';

export function GroupPage() {
  const t = useTexts(groupsTexts);
  const locale = useLocale();
  const api = useApi();
  const { slug } = route.useParams();
  const { after }: ListSearch = route.useSearch();
  const { data: group, refetch } = useSuspenseQuery(groupQuery(api, slug));
  usePersonal(group.viewer === null, refetch);
  return (
    <div className="page max-w-3xl pt-6">
      <PageHead
        title={group.name}
        description={firstWords(group.description, DESCRIPTION) || t.groupsAbout}
        path={pathIn(locale, `/groups/${encodeURIComponent(group.slug)}`)}
        isIndexed={!after && group.access !== 'invitation'}
      />
      <GroupHeader group={group} />
      <h2 className="sr-only">{t.posts(group.name)}</h2>
      {canRead(group) ? (
        <PostList
          key={group.id}
          query={groupPostsQuery(api, slug, after)}
          label={t.posts(group.name)}
          empty={<EmptyState title={t.noPosts} />}
        />
      ) : (
        <div className="mt-6">
          <EmptyState title={t.membersOnly} body={t.membersOnlyBody} />
        </div>
      )}
    </div>
  );
}
