import { useApi } from '@sharestack/api/context.tsx';
import { pathIn, useLocale, useTexts } from '@sharestack/i18n/locale.tsx';
import { useSessionState } from '@sharestack/session/context.tsx';
import { EmptyState } from '@sharestack/ui/EmptyState.tsx';
import { PageHead, useSite } from '@sharestack/ui/PageHead.tsx';
import { useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { PostList } from '../components/PostList.tsx';
import { ProfileHeader } from '../people/ProfileHeader.tsx';
import { type Person, personPostsQuery, personQuery } from '../people/queries.ts';
import { personData } from '../people/structuredData.ts';
import { peopleTexts } from '../people/texts.ts';
import type { ListSearch } from '../search.ts';
import { firstWords, profilePath } from '../structuredData.ts';
import { usePersonal } from '../usePersonal.ts';

const route = getRouteApi('/community/@{$name}');
const DESCRIPTION = 160;

/** Somebody's page: who they are, and what they wrote and passed on. */
export function ProfilePage() {
  const t = useTexts(peopleTexts);
  const locale = useLocale();
  const api = useApi();
  const { origin } = useSite();
  const { name } = route.useParams();
  const { after }: ListSearch = route.useSearch();
  const state = useSessionState();
  const { data: person, refetch } = useSuspenseQuery(personQuery(api, name));
  const isOneself = state.status === 'signed-in' && state.user?.id === person.id;
  usePersonal(person.relation === null && !isOneself, refetch);
  const path = pathIn(locale, profilePath(person.username));
  return (
    <div className="page max-w-3xl pt-6">
      <PageHead
        title={t.profileTitle(person.display_name, person.username)}
        description={firstWords(person.bio, DESCRIPTION) || t.profileAbout(person.display_name)}
        path={path}
        image={person.picture?.url ?? null}
        isIndexed={!after && !person.is_private}
        jsonLd={[personData(person, origin, path)]}
      />
      <ProfileHeader person={person} />
      <h2 className="sr-only">{t.postsOf(person.display_name)}</h2>
      {isClosed(person, isOneself) ? (
        <div className="mt-6">
          <EmptyState title={t.privateTitle} body={t.privateBody} />
        </div>
      ) : (
        !person.relation?.blocking && (
          <PostList
            key={person.id}
            query={personPostsQuery(api, name, after)}
            label={t.postsOf(person.display_name)}
            empty={
              <div className="mt-6">
                <EmptyState title={t.noPosts} />
              </div>
            }
          />
        )
      )}
    </div>
  );
}

const isClosed = ({ is_private, relation }: Person, isOneself: boolean) =>
  is_private && !isOneself && !relation?.following;
