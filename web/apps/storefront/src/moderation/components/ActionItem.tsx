import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { Day } from '@sharestack/ui/Day.tsx';
import { Moment } from '@sharestack/ui/Moment.tsx';
import { useRef, useState } from 'react';
import { wordsOf } from '../content.ts';
import type { ConcernedAction } from '../queries.ts';
import { moderationTexts } from '../texts.ts';
import { AppealForm } from './AppealForm.tsx';
import { AppealState } from './AppealState.tsx';

/** What moderators did, why, to what, and what can be said against it. */
export function ActionItem({ action }: { action: ConcernedAction }) {
  const t = useTexts(moderationTexts);
  const heading = useRef<HTMLHeadingElement>(null);
  const [isOpen, setOpen] = useState(false);
  const [isSent, setSent] = useState(false);
  const words = wordsOf(action.content);
  const canAppeal = !action.appeal && action.appeal_until !== null && Date.parse(action.appeal_until) > Date.now();
  const close = () => {
    setOpen(false);
    heading.current?.focus();
  };
  return (
    <li className="py-6">
      <h2 ref={heading} tabIndex={-1} className="font-display text-xl">
        {t.kinds[action.kind]}
      </h2>
      <p className="mt-1 text-sm text-muted">
        <Day instant={action.created_at} /> · {t.about(t.targets[action.target.kind] ?? t.otherTarget)}
      </p>
      <dl className="mt-3 space-y-3">
        <div>
          <dt className="text-sm text-muted">{t.reason}</dt>
          <dd className="whitespace-pre-wrap wrap-anywhere" dir="auto">
            {action.reason}
          </dd>
        </div>
        {words && (
          <div>
            <dt className="text-sm text-muted">{t.theContent}</dt>
            <dd className="line-clamp-6 border-l-2 border-line pl-3 whitespace-pre-line wrap-anywhere" dir="auto">
              {words}
            </dd>
          </div>
        )}
        <End action={action} />
      </dl>
      <p role="status" className="mt-3 text-sm text-brand empty:hidden">
        {isSent ? t.sent : null}
      </p>
      {action.appeal && <AppealState appeal={action.appeal} />}
      {canAppeal && !isOpen && (
        <div className="mt-4 flex flex-wrap items-center gap-x-4 gap-y-2">
          <Button
            kind="secondary"
            aria-label={t.appealOf(t.kinds[action.kind])}
            aria-expanded={false}
            onClick={() => setOpen(true)}
          >
            {t.appeal}
          </Button>
          <p className="text-sm text-muted">
            {t.appealUntil} {action.appeal_until && <Moment instant={action.appeal_until} />}
          </p>
        </div>
      )}
      {canAppeal && isOpen && (
        <AppealForm
          action={action}
          onCancel={close}
          onSent={() => {
            setSent(true);
            close();
          }}
        />
      )}
      {!action.appeal && action.appeal_until && !canAppeal && <p className="mt-3 text-sm text-muted">{t.appealOver}</p>}
    </li>
  );
}

/** Until when it holds, or since when it no longer does. */
function End({ action }: { action: ConcernedAction }) {
  const t = useTexts(moderationTexts);
  if (action.undone_at) return <Term name={t.undone} instant={action.undone_at} />;
  if (action.ends_at) return <Term name={t.until} instant={action.ends_at} />;
  if (action.kind !== 'ban') return null;
  return (
    <div>
      <dt className="text-sm text-muted">{t.until}</dt>
      <dd>{t.forever}</dd>
    </div>
  );
}

function Term({ name, instant }: { name: string; instant: string }) {
  return (
    <div>
      <dt className="text-sm text-muted">{name}</dt>
      <dd>
        <Moment instant={instant} />
      </dd>
    </div>
  );
}
