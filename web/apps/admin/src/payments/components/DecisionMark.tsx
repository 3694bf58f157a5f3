import { Mark, type Tone } from '@sharestack/console/Mark.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { texts } from '../texts.ts';

const TONES: Record<string, Tone> = { allow: 'good', block: 'bad' };

/** How an attempt to pay was judged, in a word. */
export function DecisionMark({ decision }: { decision: string }) {
  const t = useTexts(texts);
  return <Mark tone={TONES[decision] ?? 'warn'}>{t.decisions[decision] ?? decision}</Mark>;
}
