import { Card } from '@sharestack/console/Card.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Moment } from '@sharestack/ui/Moment.tsx';
import type { Person } from '../queries.ts';
import { ROLES, type Role } from '../search.ts';
import { texts } from '../texts.ts';

/** What administrators changed about the account, and why. */
export function Changes({ person: { changes } }: { person: Person }) {
  const t = useTexts(texts);
  const isRole = (value: unknown): value is Role => ROLES.some((role) => role === value);
  const say = (name: string, after: unknown) => {
    if (Array.isArray(after))
      return t.gave(
        after
          .filter(isRole)
          .map((role) => t.roles[role])
          .join(', '),
      );
    return name === 'is_active' ? (after ? t.letIn : t.shutOut) : name;
  };
  return (
    <Card title={t.changes}>
      {changes.length === 0 ? (
        <p className="text-sm text-muted">{t.noChanges}</p>
      ) : (
        <ul className="space-y-2 text-sm">
          {changes.map((change) => (
            <li key={change.created_at}>
              <span className="font-medium">
                {Object.entries(change.changes)
                  .map(([name, { after }]) => say(name, after))
                  .join('; ')}
              </span>
              <span className="block break-words">{change.reason}</span>
              <Moment instant={change.created_at} className="text-xs text-muted" />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
