import { useApi } from '@sharestack/api/context.tsx';
import { Card } from '@sharestack/console/Card.tsx';
import { EditForm } from '@sharestack/console/EditForm.tsx';
import type { Field } from '@sharestack/console/field.ts';
import { useNotify } from '@sharestack/console/Notices.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useQueryClient } from '@tanstack/react-query';
import { CASE_CHANGES, type Case, caseQuery, decideCase } from '../queries.ts';
import { texts } from '../texts.ts';
import { isMine, useOwnId } from './CaseClaim.tsx';
import { choices } from './choices.ts';

/** Closes a case without a further action; for who has it. */
export function DecideCase({ one }: { one: Case }) {
  const t = useTexts(texts);
  const api = useApi();
  const notify = useNotify();
  const queryClient = useQueryClient();
  const mine = isMine(one, useOwnId());
  if (!mine) return null;
  const fields: Field[] = [
    {
      name: 'status',
      label: t.decision,
      kind: 'choice',
      required: true,
      options: choices(['dismissed', 'resolved'], t.states),
      wide: true,
    },
    { name: 'note', label: t.note, kind: 'lines', maxLength: 1000, rows: 2, hint: t.noteHint },
  ];
  return (
    <Card title={t.decide}>
      <EditForm
        label={t.decide}
        fields={fields}
        version={one.version}
        action={t.close}
        words={t.problems}
        send={(values, { version = one.version }) =>
          decideCase(api, one.id, {
            status: values.status as 'resolved' | 'dismissed',
            note: String(values.note ?? ''),
            version,
          })
        }
        reload={async () => {
          const now = await queryClient.fetchQuery({ ...caseQuery(api, one.id), staleTime: 0 });
          return { values: { status: now.status, note: now.decision?.note ?? null }, version: now.version };
        }}
        onSaved={(decided) => {
          notify(t.closed);
          queryClient.setQueryData(caseQuery(api, one.id).queryKey, decided);
          for (const queryKey of CASE_CHANGES) void queryClient.invalidateQueries({ queryKey });
        }}
      />
    </Card>
  );
}
