import { useTexts } from '@sharestack/i18n/locale.tsx';
import { texts } from '../texts.ts';
import { Count } from './Count.tsx';
import { REACTION_ICONS, REACTIONS } from './reactionIcons.ts';

/** How people reacted: for who is not signed in, and until the buttons are there. */
export function ReactionCounts({ reactions }: { reactions: Readonly<Record<string, number>> }) {
  const t = useTexts(texts);
  const there = REACTIONS.filter((one) => (reactions[one] ?? 0) > 0);
  return (
    <ul className="flex flex-wrap items-center gap-x-3 empty:hidden">
      {there.map((one) => {
        const Icon = REACTION_ICONS[one];
        return (
          <li key={one} className="inline-flex min-h-11 items-center gap-1 text-muted">
            <Icon className="size-5" strokeWidth={1.75} aria-hidden="true" />
            <span className="sr-only">{t.withCount(t.reactions[one], reactions[one] ?? 0)}</span>
            <Count value={reactions[one] ?? 0} />
          </li>
        );
      })}
    </ul>
  );
}
