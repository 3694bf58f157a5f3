import type { Schemas } from '@sharestack/api/client.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Moment } from '@sharestack/ui/Moment.tsx';
import { accountTexts } from './texts.ts';

/** What was agreed to and taken back, when. */
export function ConsentHistory({ entries }: { entries: readonly Schemas['ConsentEntry'][] }) {
  const t = useTexts(accountTexts);
  return (
    <details className="mt-2">
      <summary className="inline-flex min-h-11 items-center text-sm text-muted underline underline-offset-4">
        {t.history}
      </summary>
      {entries.length === 0 && <p className="text-sm text-muted">{t.noHistory}</p>}
      <ul className="space-y-1 text-sm">
        {entries.map((entry) => (
          <li key={`${entry.created_at}-${entry.purpose}-${entry.granted}`} className="flex flex-wrap gap-x-3">
            <Moment instant={entry.created_at} className="text-muted" />
            <span>
              {t.purposes[entry.purpose]} · {entry.granted ? t.granted : t.withdrawn}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
