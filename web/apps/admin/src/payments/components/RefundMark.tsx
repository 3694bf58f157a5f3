import { Mark } from '@sharestack/console/Mark.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { texts } from '../texts.ts';

/** Whether money was given back. */
export function RefundMark({ status }: { status: string }) {
  const t = useTexts(texts);
  const tone = status === 'succeeded' ? 'good' : status === 'failed' ? 'bad' : 'warn';
  return <Mark tone={tone}>{t.refundStates[status] ?? status}</Mark>;
}
