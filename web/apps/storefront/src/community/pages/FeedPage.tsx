import { useApi } from '@sharestack/api/context.tsx';
import { pathIn, useLocale, useTexts } from '@sharestack/i18n/locale.tsx';
import { useSessionState } from '@sharestack/session/context.tsx';
import { buttonClass } from '@sharestack/ui/Button.tsx';
import { EmptyState } from '@sharestack/ui/EmptyState.tsx';
import { PageHead } from '@sharestack/ui/PageHead.tsx';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Search } from 'lucide-react';
import { FeedTabs } from '../components/FeedTabs.tsx';
import { NewPosts } from '../components/NewPosts.tsx';
import { PostList } from '../components/PostList.tsx';
import { feedQuery } from '../queries.ts';
import type { FeedSearch, FeedTab } from '../search.ts';
import { texts } from '../texts.ts';

const route = getRouteApi('/community/feed');

/** What everybody writes, what one follows, or what is talked of most. */
export function FeedPage() {
  const t = useTexts(texts);
  const locale = useLocale();
  const api = useApi();
  const { tab, after }: FeedSearch = route.useSearch();
  const { status } = useSessionState();
  const isSignedIn = status === 'signed-in';
  const shown = tab ?? (isSignedIn ? 'following' : 'all');
  const needsSignIn = shown === 'following' && status === 'anonymous';
  return (
    <div className="page max-w-3xl pt-6">
      <PageHead
        title={t.feed}
        description={t.feedAbout}
        path={pathIn(locale, '/feed')}
        isIndexed={!after && (tab === undefined || tab === 'all')}
      />
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h1 tabIndex={-1} className="font-display text-3xl">
          {t.feed}
        </h1>
        <div className="flex gap-2">
          <Link to="/find" search={{}} aria-label={t.find} title={t.find} className={buttonClass('quiet')}>
            <Search className="size-5" aria-hidden="true" />
          </Link>
          {isSignedIn && (
            <Link to="/compose" className={buttonClass()}>
              {t.write}
            </Link>
          )}
        </div>
      </div>
      <div className="mt-4">
        <FeedTabs shown={shown} isSignedIn={isSignedIn} />
      </div>
      {needsSignIn ? (
        <SignInFirst />
      ) : (
        <>
          {!after && <NewPosts tab={shown} />}
          <PostList
            key={shown === 'hot' ? 'hot' : 'new'}
            query={feedQuery(api, shown, after)}
            label={t.tabs[shown]}
            isReady={shown !== 'following' || isSignedIn}
            empty={<Empty tab={shown} />}
          />
        </>
      )}
    </div>
  );
}

function Empty({ tab }: { tab: FeedTab }) {
  const t = useTexts(texts);
  if (tab !== 'following') return <EmptyState title={t.emptyAll} body={t.emptyAllBody} />;
  return (
    <EmptyState title={t.emptyFollowing} body={t.emptyFollowingBody}>
      <Link to="/welcome" className={buttonClass()}>
        {t.chooseWhom}
      </Link>
      <Link to="/feed" search={{ tab: 'all' }} className={buttonClass('secondary')}>
        {t.lookAround}
      </Link>
    </EmptyState>
  );
}

function SignInFirst() {
  const t = useTexts(texts);
  return (
    <div className="mt-6">
      <EmptyState title={t.signInToFollow}>
        <Link to="/sign-in" search={{ next: '/feed' }} className={buttonClass()}>
          {t.signIn}
        </Link>
      </EmptyState>
    </div>
  );
}
