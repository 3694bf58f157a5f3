import { asProblem } from '@sharestack/api/problem.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { Moment } from '@sharestack/ui/Moment.tsx';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { createPortal } from 'react-dom';
import { problemText } from './problems.ts';
import { actingTexts } from './texts.ts';

const ChooseName = lazy(() => import('./ChooseName.tsx').then((module) => ({ default: module.ChooseName })));

interface Props {
  error: unknown;
  /** For codes that mean something of their own here. */
  words?: Readonly<Record<string, string>>;
}

/** Why something was not done, said when it happens; with the id that the site can look it up by. */
export function ProblemNote({ error, words }: Props) {
  const t = useTexts(actingTexts);
  const problem = error ? asProblem(error) : null;
  return (
    <>
      <div role="alert" className="text-sm text-danger empty:hidden">
        {problem && <p>{problemText(t, error, words)}</p>}
        {problem?.code === 'suspended' && <Sanction said={problem.said} />}
        {problem?.correlationId && (
          <p className="mt-0.5 text-xs text-muted">
            {t.problemId} <code className="break-all">{problem.correlationId}</code>
          </p>
        )}
      </div>
      {problem?.code === 'onboarding_required' && <NameNeeded />}
    </>
  );
}

/** Who may not write is told why and until when, and where they can appeal. */
function Sanction({ said: { reason, until } }: { said: Readonly<Record<string, unknown>> }) {
  const t = useTexts(actingTexts);
  return (
    <p>
      {typeof reason === 'string' && reason && <bdi>{t.sanctionReason(reason)}</bdi>}{' '}
      {typeof until === 'string' && (
        <>
          {t.sanctionUntil} <Moment instant={until} />
        </>
      )}{' '}
      <Link to="/account/moderation" className="underline underline-offset-4">
        {t.sanctionDetails}
      </Link>
    </p>
  );
}

/** A new person has no username yet: it is chosen here, and what they were about to do stays as it is. */
function NameNeeded() {
  const t = useTexts(actingTexts);
  const [isOpen, setOpen] = useState(false);
  const [name, setName] = useState<string | null>(null);
  if (name) {
    return (
      <p role="status" className="text-sm">
        {t.nameSaved(name)}{' '}
        <Link to="/welcome" className="text-brand underline underline-offset-4">
          {t.lookAround}
        </Link>
      </p>
    );
  }
  return (
    <>
      <Button kind="secondary" className="mt-2" onClick={() => setOpen(true)}>
        {t.chooseName}
      </Button>
      {isOpen &&
        // Forms do not stand inside of forms.
        createPortal(
          <Suspense>
            <ChooseName onDone={setName} onClose={() => setOpen(false)} />
          </Suspense>,
          document.body,
        )}
    </>
  );
}
