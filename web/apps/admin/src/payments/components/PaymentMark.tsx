import { Mark, type Tone } from '@sharestack/console/Mark.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { texts } from '../texts.ts';

const TONES: Record<string, Tone> = {
  succeeded: 'good',
  failed: 'bad',
  refunded: 'info',
  partially_refunded: 'info',
  requires_action: 'warn',
  processing: 'warn',
};

/** The state of a payment in a word. */
export function PaymentMark({ status }: { status: string }) {
  const t = useTexts(texts);
  return <Mark tone={TONES[status] ?? 'plain'}>{t.states[status] ?? status}</Mark>;
}
