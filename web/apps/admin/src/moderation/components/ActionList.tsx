import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Moment } from '@sharestack/ui/Moment.tsx';
import type { Case } from '../queries.ts';
import { texts } from '../texts.ts';

/** What moderators did, each with its reason. */
export function ActionList({ actions }: { actions: Case['actions'] }) {
  const t = useTexts(texts);
  return (
    <ul className="space-y-2 text-sm">
      {actions.map((action) => (
        <li key={action.id}>
          <span className="font-medium">{t.kinds[action.kind]}</span>{' '}
          <span className="text-muted">
            <Moment instant={action.created_at} />
            {action.ends_at && (
              <>
                {' '}
                · {t.until} <Moment instant={action.ends_at} />
              </>
            )}
            {action.undone_at && ` · ${t.undone}`}
          </span>
          <span dir="auto" className="block break-words">
            {action.reason}
          </span>
        </li>
      ))}
    </ul>
  );
}
