import { useApi } from '@sharestack/api/context.tsx';
import { Card } from '@sharestack/console/Card.tsx';
import { Facts } from '@sharestack/console/Facts.tsx';
import { useAction } from '@sharestack/console/useAction.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useSessionState } from '@sharestack/session/context.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { Moment, useMoment } from '@sharestack/ui/Moment.tsx';
import { CASE_CHANGES, type Case, claimCase, releaseCase } from '../queries.ts';
import { texts } from '../texts.ts';

/** Whether the case is this person's for now: nobody else acts on it meanwhile. */
export function isMine(one: Case, userId: string | null): boolean {
  return one.claim !== null && one.claim.by !== null && one.claim.by === userId;
}

export function useOwnId(): string | null {
  const state = useSessionState();
  return state.status === 'signed-in' ? (state.user?.id ?? null) : null;
}

/** Who has the case; claims and releases it. A decided case says who decided. */
export function CaseClaim({ one }: { one: Case }) {
  const t = useTexts(texts);
  const api = useApi();
  const moment = useMoment();
  const mine = isMine(one, useOwnId());
  const shared = { changes: CASE_CHANGES, words: t.problems };
  const claim = useAction({ ...shared, act: () => claimCase(api, one.id), done: t.claimedNotice });
  const release = useAction({ ...shared, act: () => releaseCase(api, one.id), done: t.released });
  if (one.status !== 'open') {
    return (
      <Card title={t.states[one.status]}>
        <Facts
          facts={[
            [t.decidedAt, one.decision && <Moment instant={one.decision.at} />],
            [t.note, one.decision?.note],
          ]}
        />
      </Card>
    );
  }
  const until = one.claim ? moment(one.claim.until) : '';
  return (
    <Card title={t.handledBy}>
      <p role="status" className="mb-3 text-sm">
        {!one.claim ? t.claimFirst : mine ? t.claimMine(until) : t.claimOther(one.claim.name ?? t.someone, until)}
      </p>
      <div className="flex flex-wrap gap-3">
        {(!one.claim || mine) && (
          <Button kind={mine ? 'secondary' : 'primary'} busy={claim.isPending} onClick={() => claim.run()}>
            {mine ? t.claimLonger : t.claim}
          </Button>
        )}
        {mine && (
          <Button kind="quiet" busy={release.isPending} onClick={() => release.run()}>
            {t.release}
          </Button>
        )}
      </div>
    </Card>
  );
}
