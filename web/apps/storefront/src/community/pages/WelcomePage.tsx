import { useApi } from '@sharestack/api/context.tsx';
import { asProblem } from '@sharestack/api/problem.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useSessionState } from '@sharestack/session/context.tsx';
import { buttonClass } from '@sharestack/ui/Button.tsx';
import { EmptyState } from '@sharestack/ui/EmptyState.tsx';
import { ErrorState } from '@sharestack/ui/ErrorState.tsx';
import { PageHead } from '@sharestack/ui/PageHead.tsx';
import { Skeleton } from '@sharestack/ui/Skeleton.tsx';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { NameForm } from '../acting/NameForm.tsx';
import { Interests } from '../welcoming/Interests.tsx';
import { ownNameQuery } from '../welcoming/queries.ts';
import { Step } from '../welcoming/Step.tsx';
import { SuggestedPeople, SuggestedTickers } from '../welcoming/Suggested.tsx';
import { welcomingTexts } from '../welcoming/texts.ts';

/** For who is new: a name, interests, and what to follow. Everything is saved as it is chosen, so it can be left. */
export function WelcomePage() {
  const t = useTexts(welcomingTexts);
  const { status } = useSessionState();
  if (status === 'signed-in') return <Welcome />;
  return (
    <Frame title={t.title}>
      {status === 'anonymous' ? (
        <EmptyState title={t.signInFirst}>
          <Link to="/sign-in" search={{ next: '/welcome' }} className={buttonClass()}>
            {t.signIn}
          </Link>
        </EmptyState>
      ) : (
        <Skeleton className="h-96" />
      )}
    </Frame>
  );
}

function Welcome() {
  const t = useTexts(welcomingTexts);
  const api = useApi();
  const queryClient = useQueryClient();
  const { data, error, refetch } = useQuery(ownNameQuery(api));
  const name = data?.username;
  const problem = error && !data ? asProblem(error) : null;
  const named = (username: string) =>
    queryClient.setQueryData(ownNameQuery(api).queryKey, (me) => me && { ...me, username });
  return (
    <Frame title={name ? t.titleOf(name) : t.title}>
      <p className="flex flex-wrap items-center justify-between gap-x-4 text-muted">
        {t.lead}
        <ToFeed label={t.skip} kind="quiet" />
      </p>
      {problem && (
        <ErrorState
          correlationId={problem.correlationId}
          isOffline={problem.status === 0}
          onRetry={() => void refetch()}
        />
      )}
      {!data && !problem && <Skeleton className="mt-6 h-96" />}
      {data && (
        <div className="divide-y divide-line">
          {!name && (
            <Step title={t.nameTitle} about={t.nameAbout}>
              <div className="max-w-md">
                <NameForm onDone={named} />
              </div>
            </Step>
          )}
          <Step title={t.interestsTitle} about={t.interestsAbout}>
            <Interests />
          </Step>
          <Step title={t.tickersTitle} about={t.tickersAbout}>
            <SuggestedTickers />
          </Step>
          <Step title={t.peopleTitle} about={t.peopleAbout}>
            <SuggestedPeople />
          </Step>
          <div className="py-8">
            <ToFeed label={t.done} kind="primary" />
          </div>
        </div>
      )}
    </Frame>
  );
}

function Frame({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="page max-w-3xl pt-6">
      <PageHead title={title} isIndexed={false} />
      <h1 tabIndex={-1} className="mb-2 font-display text-3xl break-words">
        {title}
      </h1>
      {children}
    </div>
  );
}

function ToFeed({ label, kind }: { label: string; kind: 'primary' | 'quiet' }) {
  return (
    <Link to="/feed" search={{}} className={buttonClass(kind)}>
      {label}
    </Link>
  );
}
