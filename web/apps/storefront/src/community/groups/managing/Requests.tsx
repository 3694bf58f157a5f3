import { useApi } from '@sharestack/api/context.tsx';
import { useGrowingList } from '@sharestack/api/growingList.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { EmptyState } from '@sharestack/ui/EmptyState.tsx';
import { Moment } from '@sharestack/ui/Moment.tsx';
import { MoreList } from '@sharestack/ui/MoreList.tsx';
import { PersonRow } from './PersonRow.tsx';
import { decideRequest, type GroupRequest, requestsQuery } from './queries.ts';
import { managingTexts } from './texts.ts';
import { useGroupAction } from './useGroupAction.ts';

/** Who wants to come in. */
export function Requests({ slug }: { slug: string }) {
  const t = useTexts(managingTexts);
  const list = useGrowingList(requestsQuery(useApi(), slug));
  return (
    <MoreList {...list} empty={<EmptyState title={t.noRequests} />}>
      {(request) => <Request key={request.person.id} slug={slug} request={request} />}
    </MoreList>
  );
}

function Request({ slug, request: { person, message, created_at } }: { slug: string; request: GroupRequest }) {
  const t = useTexts(managingTexts);
  const { run, isPending, error } = useGroupAction(slug);
  const decide = (decision: 'accept' | 'decline') => run((api) => decideRequest(api, slug, person.id, decision));
  return (
    <PersonRow
      person={person}
      error={error}
      about={
        <>
          <Moment instant={created_at} />
          {message && (
            <p dir="auto" className="whitespace-pre-wrap text-ink">
              {message}
            </p>
          )}
        </>
      }
    >
      <Button aria-label={t.accept(person.display_name)} busy={isPending} onClick={() => decide('accept')}>
        {t.acceptShort}
      </Button>
      <Button
        kind="secondary"
        aria-label={t.decline(person.display_name)}
        busy={isPending}
        onClick={() => decide('decline')}
      >
        {t.declineShort}
      </Button>
    </PersonRow>
  );
}
