import { useApi } from '@sharestack/api/context.tsx';
import { Card } from '@sharestack/console/Card.tsx';
import { EditForm } from '@sharestack/console/EditForm.tsx';
import type { Field, Values } from '@sharestack/console/field.ts';
import { useNotify } from '@sharestack/console/Notices.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useQueryClient } from '@tanstack/react-query';
import { COUNTERS_KEY, DISPUTES_KEY, type Dispute, disputeQuery, type Evidence, giveEvidence } from '../queries.ts';
import { texts } from '../texts.ts';

const SHORT = [
  'customer_name',
  'customer_email_address',
  'customer_purchase_ip',
  'duplicate_charge_id',
  'service_date',
  'shipping_carrier',
  'shipping_tracking_number',
  'shipping_date',
];
const ADDRESSES = ['billing_address', 'shipping_address'];
const LONG = [
  'product_description',
  'access_activity_log',
  'cancellation_policy_disclosure',
  'cancellation_rebuttal',
  'duplicate_charge_explanation',
  'refund_policy_disclosure',
  'refund_refusal_explanation',
  'uncategorized_text',
];
const MOST_SHORT = 254;
const MOST_OF_ADDRESS = 500;
const MOST_LONG = 20_000;

/** What the bank reads; kept until it is submitted, and then for good. */
export function EvidenceForm({ dispute }: { dispute: Dispute }) {
  const t = useTexts(texts);
  const api = useApi();
  const notify = useNotify();
  const queryClient = useQueryClient();
  const label = (name: string) => t.evidenceFields[name] ?? name;
  const lines = (name: string, maxLength: number): Field => ({
    name,
    label: label(name),
    kind: 'lines',
    rows: 3,
    maxLength,
  });
  const fields: Field[] = [
    ...SHORT.map((name): Field => ({ name, label: label(name), kind: 'text', maxLength: MOST_SHORT })),
    ...ADDRESSES.map((name) => lines(name, MOST_OF_ADDRESS)),
    ...LONG.map((name) => lines(name, MOST_LONG)),
    { name: 'submit', label: t.submitNow, kind: 'check', wide: true },
  ];
  return (
    <Card title={t.evidence}>
      <p className="mb-4 text-sm text-muted">{t.evidenceHint}</p>
      <EditForm
        label={t.evidence}
        fields={fields}
        initial={dispute.evidence as Values}
        action={t.saveEvidence}
        send={({ submit, ...evidence }) => giveEvidence(api, dispute.id, changed(dispute, evidence), submit === true)}
        onSaved={(saved) => {
          notify(t.evidenceSaved);
          queryClient.setQueryData(disputeQuery(api, dispute.id).queryKey, saved);
          for (const queryKey of [DISPUTES_KEY, COUNTERS_KEY]) void queryClient.invalidateQueries({ queryKey });
        }}
      />
    </Card>
  );
}

/** What is written, and null for what was given before and is cleared now. */
const changed = (dispute: Dispute, values: Values): Evidence =>
  Object.fromEntries(
    Object.entries(values).filter(([name, value]) => value !== null || name in dispute.evidence),
  ) as Evidence;
