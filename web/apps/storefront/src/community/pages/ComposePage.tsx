import { useApi } from '@sharestack/api/context.tsx';
import { asProblem } from '@sharestack/api/problem.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useSessionState } from '@sharestack/session/context.tsx';
import { buttonClass } from '@sharestack/ui/Button.tsx';
import { EmptyState } from '@sharestack/ui/EmptyState.tsx';
import { ErrorState } from '@sharestack/ui/ErrorState.tsx';
import { PageHead } from '@sharestack/ui/PageHead.tsx';
import { Skeleton } from '@sharestack/ui/Skeleton.tsx';
import { skipToken, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useLocation, useNavigate } from '@tanstack/react-router';
import { useRef } from 'react';
import { Composer } from '../composing/Composer.tsx';
import { composingTexts } from '../composing/texts.ts';
import { groupQuery } from '../groups/queries.ts';
import { type Post, postQuery } from '../queries.ts';
import type { ComposeSearch } from '../search.ts';

const route = getRouteApi('/compose');

/** A new post; with `quote` one about another, with `group` one in a group, with `draft` one that was begun before. */
export function ComposePage() {
  const t = useTexts(composingTexts);
  const search: ComposeSearch = route.useSearch();
  const title = search.draft ? t.goOn : search.quote ? t.writeQuote : t.write;
  return (
    <div className="page max-w-3xl pt-6">
      <PageHead title={title} isIndexed={false} />
      <h1 tabIndex={-1} className="font-display text-3xl">
        {title}
      </h1>
      <Entrance search={search} />
    </div>
  );
}

/** Whose session ends while they write stay at what they write. */
function Entrance({ search }: { search: ComposeSearch }) {
  const t = useTexts(composingTexts);
  const { publicHref } = useLocation();
  const state = useSessionState();
  const wasHere = useRef(false);
  if (state.status === 'signed-in') wasHere.current = true;
  if (state.status === 'anonymous' && !(state.isExpired && wasHere.current)) {
    return (
      <div className="mt-6">
        <EmptyState title={t.signInFirst}>
          <Link to="/sign-in" search={{ next: publicHref }} className={buttonClass()}>
            {t.signIn}
          </Link>
        </EmptyState>
      </div>
    );
  }
  return state.status === 'unknown' ? <Skeleton className="mt-6 h-96" /> : <Writing search={search} />;
}

function Writing({ search: { quote, draft, group } }: { search: ComposeSearch }) {
  const t = useTexts(composingTexts);
  const api = useApi();
  const navigate = useNavigate();
  const about = draft ?? quote;
  // What was begun is read once: what somebody writes meanwhile is not taken from under their hands.
  const first = { staleTime: Number.POSITIVE_INFINITY };
  const post = useQuery({ ...postQuery(api, about ?? ''), ...(about ? first : { queryFn: skipToken }) });
  const place = useQuery({ ...groupQuery(api, group ?? ''), ...(group ? first : { queryFn: skipToken }) });
  const error = post.error ?? place.error;
  if (error) {
    const { correlationId, status } = asProblem(error);
    const retry = () => void Promise.all([about && post.refetch(), group && place.refetch()]);
    return <ErrorState correlationId={correlationId} isOffline={status === 0} onRetry={retry} />;
  }
  if ((about && !post.data) || (group && !place.data)) return <Skeleton className="mt-6 h-96" />;
  const onSent = ({ id, status }: Post) =>
    void navigate(status === 'published' ? { to: '/posts/$id', params: { id } } : { to: '/account/drafts' });
  return (
    <>
      {place.data && <p className="mt-1 text-muted">{t.inGroup(place.data.name)}</p>}
      <Composer
        key={`${about} ${group}`}
        draft={draft ? (post.data ?? null) : null}
        quoted={quote && !draft ? (post.data ?? null) : null}
        groupId={place.data?.id ?? null}
        onSent={onSent}
      />
    </>
  );
}
