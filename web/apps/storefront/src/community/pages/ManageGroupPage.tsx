import { useApi } from '@sharestack/api/context.tsx';
import { asProblem } from '@sharestack/api/problem.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { EmptyState } from '@sharestack/ui/EmptyState.tsx';
import { ErrorState } from '@sharestack/ui/ErrorState.tsx';
import { PageHead } from '@sharestack/ui/PageHead.tsx';
import { Skeleton } from '@sharestack/ui/Skeleton.tsx';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { type ComponentType, lazy, Suspense } from 'react';
import { ForWhoIsSignedIn } from '../groups/managing/ForWhoIsSignedIn.tsx';
import { MANAGE_TABS, type ManageSearch, type ManageTab } from '../groups/managing/search.ts';
import { managingTexts } from '../groups/managing/texts.ts';
import { type Group, groupQuery } from '../groups/queries.ts';

const part = <Name extends string, Props>(load: () => Promise<Record<Name, ComponentType<Props>>>, name: Name) =>
  lazy(() => load().then((module) => ({ default: module[name] })));
const Bans = part(() => import('../groups/managing/Bans.tsx'), 'Bans');
const Invitations = part(() => import('../groups/managing/Invitations.tsx'), 'Invitations');
const Members = part(() => import('../groups/managing/Members.tsx'), 'Members');
const RemovedPosts = part(() => import('../groups/managing/RemovedPosts.tsx'), 'RemovedPosts');
const Requests = part(() => import('../groups/managing/Requests.tsx'), 'Requests');
const Settings = part(() => import('../groups/managing/Settings.tsx'), 'Settings');

const route = getRouteApi('/groups/$slug/manage');

/** What moderators of a group decide, and what its owners change. */
export function ManageGroupPage() {
  const t = useTexts(managingTexts);
  const { slug } = route.useParams();
  return (
    <div className="page max-w-3xl pt-4">
      <PageHead title={t.manage} isIndexed={false} />
      <Link
        to="/groups/$slug"
        params={{ slug }}
        className="inline-flex min-h-11 items-center gap-2 text-sm text-muted hover:text-ink"
      >
        {t.backToGroup}
      </Link>
      <h1 tabIndex={-1} className="font-display text-3xl">
        {t.manage}
      </h1>
      <ForWhoIsSignedIn why={t.signInToManage}>
        <Managing slug={slug} />
      </ForWhoIsSignedIn>
    </div>
  );
}

/** What is held of the group may have been asked for by nobody: who reads it now is not known from that. */
function Managing({ slug }: { slug: string }) {
  const { tab = 'requests' }: ManageSearch = route.useSearch();
  const { data: group, error, refetch } = useQuery({ ...groupQuery(useApi(), slug), staleTime: 0 });
  if (!group) return <Waiting error={error} onRetry={() => void refetch()} />;
  return (
    <>
      <p className="mt-1 break-words text-muted">
        <bdi>{group.name}</bdi>
      </p>
      <Sections group={group} tab={tab} />
    </>
  );
}

function Waiting({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  if (!error) return <Skeleton className="mt-6 h-96" />;
  const { correlationId, status } = asProblem(error);
  return (
    <div className="mt-6">
      <ErrorState correlationId={correlationId} isOffline={status === 0} onRetry={onRetry} />
    </div>
  );
}

const TAB =
  'inline-flex min-h-11 items-center rounded-control px-3 text-muted hover:text-ink ' +
  'aria-[current=page]:bg-sunken aria-[current=page]:font-medium aria-[current=page]:text-ink';

function Sections({ group, tab }: { group: Group; tab: ManageTab }) {
  const t = useTexts(managingTexts);
  const { slug, viewer } = group;
  if (!viewer) return <Skeleton className="mt-6 h-96" />;
  if (!viewer.can_moderate) {
    return (
      <div className="mt-6">
        <EmptyState title={t.notForYou} />
      </div>
    );
  }
  return (
    <>
      <nav aria-label={t.sections} className="my-5 flex flex-wrap gap-1 border-b border-line pb-2">
        {MANAGE_TABS.map((one) => (
          <Link
            key={one}
            to="/groups/$slug/manage"
            params={{ slug }}
            search={one === 'requests' ? {} : { tab: one }}
            activeOptions={{ exact: true, includeSearch: true }}
            aria-current={one === tab ? 'page' : undefined}
            className={TAB}
          >
            {t.tabs[one]}
          </Link>
        ))}
      </nav>
      <h2 className="sr-only">{t.tabs[tab]}</h2>
      <Suspense fallback={<Skeleton className="h-96" />}>
        <Section group={group} tab={tab} />
      </Suspense>
    </>
  );
}

function Section({ group, tab }: { group: Group; tab: ManageTab }) {
  if (tab === 'members') return <Members group={group} />;
  if (tab === 'invitations') return <Invitations slug={group.slug} />;
  if (tab === 'bans') return <Bans slug={group.slug} />;
  if (tab === 'removed') return <RemovedPosts slug={group.slug} />;
  if (tab === 'settings') return <Settings group={group} />;
  return <Requests slug={group.slug} />;
}
