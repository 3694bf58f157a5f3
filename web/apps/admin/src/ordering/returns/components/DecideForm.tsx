import { useApi } from '@sharestack/api/context.tsx';
import { Card } from '@sharestack/console/Card.tsx';
import { EditForm } from '@sharestack/console/EditForm.tsx';
import type { Field } from '@sharestack/console/field.ts';
import { useNotify } from '@sharestack/console/Notices.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useQueryClient } from '@tanstack/react-query';
import { decideReturn, RETURN_CHANGES, type Return, returnQuery } from '../queries.ts';
import { texts } from '../texts.ts';

/** Agrees to a return, or rejects it, with words that the customer reads. */
export function DecideForm({ one }: { one: Return }) {
  const t = useTexts(texts);
  const api = useApi();
  const notify = useNotify();
  const queryClient = useQueryClient();
  const fields: Field[] = [
    {
      name: 'decision',
      label: t.decision,
      kind: 'choice',
      required: true,
      wide: true,
      options: [
        { value: 'approve', label: t.approve },
        { value: 'reject', label: t.reject },
      ],
    },
    { name: 'note', label: t.note, kind: 'lines', maxLength: 1000, rows: 3, hint: t.noteHint },
  ];
  return (
    <Card title={t.decide}>
      <EditForm
        label={t.decide}
        fields={fields}
        action={t.decide}
        send={({ decision, note }) =>
          decideReturn(api, one.id, {
            approve: decision === 'approve',
            note: note as string | null,
            version: one.version,
          })
        }
        onSaved={(saved) => {
          queryClient.setQueryData(returnQuery(api, one.id).queryKey, saved);
          notify(t.decided);
          for (const queryKey of RETURN_CHANGES) void queryClient.invalidateQueries({ queryKey });
        }}
      />
    </Card>
  );
}
