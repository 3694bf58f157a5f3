import { useApi } from '@sharestack/api/context.tsx';
import { Card } from '@sharestack/console/Card.tsx';
import { Facts } from '@sharestack/console/Facts.tsx';
import { Loaded } from '@sharestack/console/Loaded.tsx';
import { RoomHead } from '@sharestack/console/RoomHead.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { usePermissions } from '@sharestack/session/context.tsx';
import { Moment } from '@sharestack/ui/Moment.tsx';
import { Money } from '@sharestack/ui/Money.tsx';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { EvidenceForm } from '../components/EvidenceForm.tsx';
import { type Dispute, disputeQuery } from '../queries.ts';
import { texts } from '../texts.ts';

/** One dispute, its deadline, and what is said against it. */
export function DisputePage() {
  const t = useTexts(texts);
  const { id } = useParams({ from: '/disputes/$id' });
  const query = useQuery(disputeQuery(useApi(), id));
  const mayWrite = usePermissions().includes('payments:write');
  return (
    <div className="space-y-5">
      <RoomHead
        title={query.data ? (t.disputeReasons[query.data.reason] ?? query.data.reason) : t.disputes}
        back={{ to: '/disputes', label: t.disputes }}
      />
      <Loaded query={query}>
        {(dispute) => (
          <div className="grid grid-cols-1 items-start gap-5 lg:grid-cols-[minmax(18rem,1fr)_minmax(0,2fr)]">
            <About dispute={dispute} />
            {mayWrite && !dispute.closed_at && !dispute.evidence_submitted_at ? (
              <EvidenceForm dispute={dispute} />
            ) : (
              <Given dispute={dispute} />
            )}
          </div>
        )}
      </Loaded>
    </div>
  );
}

function About({ dispute }: { dispute: Dispute }) {
  const t = useTexts(texts);
  const moment = (instant: string | null) => instant && <Moment instant={instant} />;
  return (
    <Card title={t.disputeStates[dispute.status] ?? dispute.status}>
      <Facts
        facts={[
          [t.amount, <Money key="amount" amount={dispute.amount} currency={dispute.currency} />],
          [t.due, moment(dispute.evidence_due_at)],
          [t.opened, moment(dispute.opened_at)],
          [t.submitted, moment(dispute.evidence_submitted_at)],
          [t.closed, moment(dispute.closed_at)],
          [t.reference, dispute.provider_dispute_id],
        ]}
      />
      <Link
        to="/payments/$id"
        params={{ id: dispute.payment_id }}
        className="mt-3 inline-flex min-h-11 items-center text-sm text-brand underline underline-offset-4 sm:min-h-6"
      >
        {t.payment}
      </Link>
    </Card>
  );
}

function Given({ dispute }: { dispute: Dispute }) {
  const t = useTexts(texts);
  return (
    <Card title={t.evidence}>
      <Facts
        facts={Object.entries(dispute.evidence).map(([name, text]) => [t.evidenceFields[name] ?? name, String(text)])}
      />
    </Card>
  );
}
