import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Day } from '@sharestack/ui/Day.tsx';
import type { ConcernedAction } from '../queries.ts';
import { moderationTexts } from '../texts.ts';

/** An appeal that was made, and what was answered. */
export function AppealState({ appeal }: { appeal: NonNullable<ConcernedAction['appeal']> }) {
  const t = useTexts(moderationTexts);
  return (
    <section aria-label={t.yourAppeal} className="mt-4 rounded-card bg-sunken p-4">
      <p className="text-sm">
        <strong className="font-medium">{t.yourAppeal}</strong> · <Day instant={appeal.created_at} /> ·{' '}
        {t.appealStates[appeal.status]}
      </p>
      <p className="mt-2 whitespace-pre-wrap wrap-anywhere" dir="auto">
        {appeal.text}
      </p>
      {appeal.note && (
        <p className="mt-3 border-l-2 border-line pl-3 whitespace-pre-wrap wrap-anywhere" dir="auto">
          <span className="block text-sm text-muted">{t.answer}</span>
          {appeal.note}
        </p>
      )}
    </section>
  );
}
