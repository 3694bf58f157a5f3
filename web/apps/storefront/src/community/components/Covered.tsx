import { useTexts } from '@sharestack/i18n/locale.tsx';
import { EyeOff } from 'lucide-react';
import type { ReactNode } from 'react';
import { texts } from '../texts.ts';

interface Props {
  /** Why it is covered; what is not is shown at once. */
  reason: string | null;
  children: ReactNode;
}

/** What a reader opens by themselves, also where no script runs. */
export function Covered({ reason, children }: Props) {
  const t = useTexts(texts);
  if (!reason) return children;
  return (
    <details className="group">
      <summary className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 rounded-control bg-sunken px-4 py-2.5">
        <EyeOff className="size-4 shrink-0 text-muted" aria-hidden="true" />
        <span dir="auto" className="min-w-0 grow break-words">
          {reason}
        </span>
        <span className="text-sm text-brand group-open:sr-only">{t.showAnyway}</span>
      </summary>
      <div className="mt-3">{children}</div>
    </details>
  );
}
