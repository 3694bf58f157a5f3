import { useApi } from '@sharestack/api/context.tsx';
import { EditForm } from '@sharestack/console/EditForm.tsx';
import { Facts } from '@sharestack/console/Facts.tsx';
import type { Field } from '@sharestack/console/field.ts';
import { useNotify } from '@sharestack/console/Notices.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { usePermissions } from '@sharestack/session/context.tsx';
import { Dialog } from '@sharestack/ui/Dialog.tsx';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { COUNTERS_KEY, FRAUD_KEY, type FraudDecision, reviewDecision } from '../queries.ts';
import { texts } from '../texts.ts';

/** Why an attempt to pay was judged so, and what somebody makes of it. */
export function ReviewDialog({ decision, onClose }: { decision: FraudDecision; onClose: () => void }) {
  const t = useTexts(texts);
  const mayReview = usePermissions().includes('payments:write');
  return (
    <Dialog title={t.doReview} onClose={onClose}>
      <Facts
        facts={[
          [t.decision, t.decisions[decision.decision] ?? decision.decision],
          [t.reasonsOf, decision.reasons.map((rule) => t.rules[rule] ?? rule).join(', ')],
          [t.risk, decision.risk_level],
          [t.network, decision.ip_address],
          [t.verdict, decision.verdict && (t.verdicts[decision.verdict] ?? decision.verdict)],
          [t.note, decision.note],
        ]}
      />
      {decision.order_id && (
        <Link
          to="/orders/$id"
          params={{ id: decision.order_id }}
          className="mt-3 inline-flex min-h-11 items-center text-sm text-brand underline underline-offset-4 sm:min-h-6"
        >
          {t.toOrder}
        </Link>
      )}
      {mayReview && decision.decision === 'review' && !decision.verdict && (
        <ReviewForm decision={decision} onClose={onClose} />
      )}
    </Dialog>
  );
}

function ReviewForm({ decision, onClose }: { decision: FraudDecision; onClose: () => void }) {
  const t = useTexts(texts);
  const api = useApi();
  const notify = useNotify();
  const queryClient = useQueryClient();
  const fields: Field[] = [
    {
      name: 'verdict',
      label: t.verdict,
      kind: 'choice',
      required: true,
      wide: true,
      options: ['accepted', 'rejected'].map((value) => ({ value, label: t.verdicts[value] ?? value })),
    },
    { name: 'note', label: t.note, kind: 'lines', required: true, maxLength: 500, rows: 2 },
  ];
  return (
    <div className="mt-4 border-t border-line pt-4">
      <EditForm
        label={t.review}
        fields={fields}
        action={t.review}
        send={({ verdict, note }) => reviewDecision(api, decision.id, verdict as 'accepted' | 'rejected', String(note))}
        onSaved={() => {
          notify(t.reviewed);
          for (const queryKey of [FRAUD_KEY, COUNTERS_KEY, ['orders']])
            void queryClient.invalidateQueries({ queryKey });
          onClose();
        }}
      />
    </div>
  );
}
