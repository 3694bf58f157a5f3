import { useApi } from '@sharestack/api/context.tsx';
import { Card } from '@sharestack/console/Card.tsx';
import { EditForm } from '@sharestack/console/EditForm.tsx';
import type { Field } from '@sharestack/console/field.ts';
import { useNotify } from '@sharestack/console/Notices.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useQueryClient } from '@tanstack/react-query';
import { type Appeal, appealQuery, CASE_CHANGES, decideAppeal } from '../queries.ts';
import { texts } from '../texts.ts';
import { choices } from './choices.ts';

/** Accepts or rejects an appeal, with the answer that who appealed reads. */
export function DecideAppeal({ appeal }: { appeal: Appeal }) {
  const t = useTexts(texts);
  const api = useApi();
  const notify = useNotify();
  const queryClient = useQueryClient();
  const words = { accepted: t.accepted, rejected: t.rejected };
  const fields: Field[] = [
    {
      name: 'status',
      label: t.decision,
      kind: 'choice',
      required: true,
      options: choices(['rejected', 'accepted'], words),
      wide: true,
    },
    { name: 'note', label: t.answer, kind: 'lines', required: true, maxLength: 1000, rows: 4, hint: t.answerHint },
  ];
  return (
    <Card title={t.decideAppeal}>
      <EditForm
        label={t.decideAppeal}
        fields={fields}
        action={t.decideAppeal}
        words={t.problems}
        send={({ status, note }) =>
          decideAppeal(api, appeal.id, { status: status as 'accepted' | 'rejected', note: String(note) })
        }
        onSaved={(decided) => {
          notify(t.appealDecided);
          queryClient.setQueryData(appealQuery(api, appeal.id).queryKey, decided);
          for (const queryKey of CASE_CHANGES) void queryClient.invalidateQueries({ queryKey });
        }}
      />
    </Card>
  );
}
