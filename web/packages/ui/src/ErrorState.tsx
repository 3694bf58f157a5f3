import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from './Button.tsx';
import { texts } from './messages.ts';

interface Props {
  /** Of an `ApiProblem`: null where the network failed before anything was answered. */
  correlationId: string | null;
  isOffline: boolean;
  onRetry: () => void;
}

export function ErrorState({ correlationId, isOffline, onRetry }: Props) {
  const t = useTexts(texts);
  return (
    <div role="alert" className="rounded-card border border-line bg-surface px-6 py-8 text-center">
      <p className="font-display text-xl">{isOffline ? t.offlineTitle : t.errorTitle}</p>
      <p className="mx-auto mt-2 max-w-prose text-muted">{isOffline ? t.offlineBody : t.errorBody}</p>
      <Button kind="secondary" className="mt-5" onClick={onRetry}>
        {t.retry}
      </Button>
      {correlationId && (
        <p className="mt-4 text-xs text-muted">
          {t.errorId} <code>{correlationId}</code>
        </p>
      )}
    </div>
  );
}
