import { useApi } from '@sharestack/api/context.tsx';
import { Card } from '@sharestack/console/Card.tsx';
import { EditForm } from '@sharestack/console/EditForm.tsx';
import type { Field } from '@sharestack/console/field.ts';
import { useNotify } from '@sharestack/console/Notices.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Can } from '@sharestack/session/context.tsx';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type ActionKind, actOnCase, CASE_CHANGES, type Case } from '../queries.ts';
import { texts } from '../texts.ts';
import { ActionList } from './ActionList.tsx';
import { isMine, useOwnId } from './CaseClaim.tsx';
import { choices } from './choices.ts';

const ABOUT_CONTENT: readonly ActionKind[] = ['hide', 'unhide', 'remove'];
const ABOUT_PEOPLE: readonly ActionKind[] = ['warn', 'suspend', 'ban', 'lift'];

/** What can be done: to content what hides it, to people what restrains them. A user has no content to hide. */
const possible = ({ target, owner, present }: Case): ActionKind[] => [
  ...(target.kind !== 'user' && present ? ABOUT_CONTENT : []),
  ...(owner ? ABOUT_PEOPLE : []),
];

/** What was done about a case, and what can be done by who has it. */
export function CaseActions({ one }: { one: Case }) {
  const t = useTexts(texts);
  const mayAct = isMine(one, useOwnId()) && one.status === 'open';
  return (
    <Card title={t.done}>
      {one.actions.length > 0 ? (
        <ActionList actions={one.actions} />
      ) : (
        <p className="text-sm text-muted">{t.nothingDone}</p>
      )}
      {mayAct && (
        <Can permission="reports:moderate">
          <ActForm one={one} />
        </Can>
      )}
    </Card>
  );
}

function ActForm({ one }: { one: Case }) {
  const t = useTexts(texts);
  const api = useApi();
  const notify = useNotify();
  const queryClient = useQueryClient();
  const [count, setCount] = useState(0);
  const fields: Field[] = [
    {
      name: 'kind',
      label: t.kind,
      kind: 'choice',
      required: true,
      options: choices(possible(one), t.kinds),
      wide: true,
    },
    {
      name: 'reason',
      label: t.reasonLabel,
      kind: 'lines',
      required: true,
      maxLength: 500,
      rows: 3,
      hint: t.reasonHint,
    },
    { name: 'ends_at', label: t.endsAt, kind: 'moment', hint: t.endsAtHint, wide: true },
    { name: 'closes_case', label: t.closesCase, kind: 'check', wide: true },
  ];
  return (
    <div className="mt-5 border-t border-line pt-4">
      <h3 className="mb-3 text-sm font-medium">{t.act}</h3>
      <EditForm
        key={count}
        label={t.act}
        fields={fields}
        initial={{ closes_case: true }}
        action={t.actNow}
        words={t.problems}
        send={(values) =>
          actOnCase(api, one.id, {
            kind: values.kind as ActionKind,
            reason: String(values.reason),
            ends_at: values.ends_at as string | null,
            closes_case: values.closes_case === true,
          })
        }
        onSaved={() => {
          notify(t.acted);
          setCount(count + 1);
          for (const queryKey of CASE_CHANGES) void queryClient.invalidateQueries({ queryKey });
        }}
      />
    </div>
  );
}
