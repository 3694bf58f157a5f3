import { useApi } from '@sharestack/api/context.tsx';
import { Card } from '@sharestack/console/Card.tsx';
import { EditForm } from '@sharestack/console/EditForm.tsx';
import type { Field, Values } from '@sharestack/console/field.ts';
import { useNotify } from '@sharestack/console/Notices.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useQueryClient } from '@tanstack/react-query';
import { changePerson, PEOPLE_KEY, type Person, personQuery } from '../queries.ts';
import { ROLES } from '../search.ts';
import { texts } from '../texts.ts';

const valuesOf = (person: Person): Values => ({
  ...Object.fromEntries(ROLES.map((role) => [role, person.roles.includes(role)])),
  is_active: person.is_active,
});

/** What somebody may do, and whether they may come in. */
export function AccessForm({ person }: { person: Person }) {
  const t = useTexts(texts);
  const api = useApi();
  const notify = useNotify();
  const queryClient = useQueryClient();
  const fields: Field[] = [
    ...ROLES.map((role): Field => ({ name: role, label: t.roles[role], kind: 'check' })),
    { name: 'is_active', label: t.mayEnter, kind: 'check' },
    { name: 'reason', label: t.why, kind: 'text', required: true, maxLength: 500, hint: t.whyHint, wide: true },
  ];
  return (
    <Card title={t.access}>
      <p className="mb-3 text-sm text-muted">{t.accessBody}</p>
      <EditForm
        label={t.access}
        fields={fields}
        initial={valuesOf(person)}
        version={person.version}
        action={t.saveAccess}
        words={t.problems}
        send={(values, { version = person.version }) =>
          changePerson(api, person.id, {
            roles: ROLES.filter((role) => values[role] === true),
            is_active: values.is_active === true,
            reason: String(values.reason),
            version,
          })
        }
        reload={async () => {
          const now = await queryClient.fetchQuery({ ...personQuery(api, person.id), staleTime: 0 });
          return { values: valuesOf(now), version: now.version };
        }}
        onSaved={(saved) => {
          notify(t.accessSaved);
          queryClient.setQueryData(personQuery(api, person.id).queryKey, saved);
          void queryClient.invalidateQueries({ queryKey: PEOPLE_KEY });
        }}
      />
    </Card>
  );
}
