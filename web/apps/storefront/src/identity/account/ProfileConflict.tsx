import { useLocale, useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import type { OwnProfile } from '../queries.ts';
import { languageName } from './languages.ts';
import { accountTexts } from './texts.ts';

/** Somebody saved in between: what is there now stands beside what was typed, and nothing is lost. */
export function ProfileConflict({ now, onTake }: { now: OwnProfile; onTake: () => void }) {
  const t = useTexts(accountTexts);
  const locale = useLocale();
  return (
    <div role="alert" className="rounded-card bg-warn-soft px-4 py-3 text-sm">
      <p className="text-warn">{t.changedElsewhere}</p>
      <dl className="mt-2 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
        <dt className="text-muted">{t.name}</dt>
        <dd dir="auto" className="min-w-0 break-words">
          {now.full_name}
        </dd>
        <dt className="text-muted">{t.language}</dt>
        <dd>{languageName(now.language, locale)}</dd>
      </dl>
      <p className="mt-2">{t.keepMine}</p>
      <Button kind="quiet" className="-ml-5" onClick={onTake}>
        {t.useTheirs}
      </Button>
    </div>
  );
}
