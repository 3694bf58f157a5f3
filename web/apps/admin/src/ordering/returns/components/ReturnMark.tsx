import { Mark, type Tone } from '@sharestack/console/Mark.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import type { Return } from '../queries.ts';
import { texts } from '../texts.ts';

const TONES: Record<Return['status'], Tone> = {
  requested: 'warn',
  approved: 'info',
  rejected: 'plain',
  received: 'info',
  refunded: 'good',
};

/** The state of a return in a word. */
export function ReturnMark({ status }: { status: Return['status'] }) {
  const t = useTexts(texts);
  return <Mark tone={TONES[status]}>{t.states[status]}</Mark>;
}
