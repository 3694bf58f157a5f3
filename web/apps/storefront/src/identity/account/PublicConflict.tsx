import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import type { OwnProfile } from '../queries.ts';
import { publicTexts } from './publicTexts.ts';
import { accountTexts } from './texts.ts';

/** Somebody saved in between: what is there now stands beside what was typed, and nothing is lost. */
export function PublicConflict({ now, onTake }: { now: OwnProfile; onTake: () => void }) {
  const t = useTexts(publicTexts);
  const own = useTexts(accountTexts);
  const facts = [
    [t.username, now.username ?? t.none],
    [t.displayName, now.display_name ?? t.none],
    [t.bio, now.bio || t.none],
    [t.isPrivate, now.is_private ? t.yes : t.no],
  ];
  return (
    <div role="alert" className="rounded-card bg-warn-soft px-4 py-3 text-sm">
      <p className="text-warn">{own.changedElsewhere}</p>
      <dl className="mt-2 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
        {facts.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-muted">{name}</dt>
            <dd dir="auto" className="min-w-0 break-words">
              {value}
            </dd>
          </div>
        ))}
      </dl>
      <p className="mt-2">{own.keepMine}</p>
      <Button kind="quiet" className="-ml-5" onClick={onTake}>
        {own.useTheirs}
      </Button>
    </div>
  );
}
