import { Mark, type Tone } from '@sharestack/console/Mark.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import type { OrderRow } from '../queries.ts';
import { texts } from '../texts.ts';

const TONES: Record<OrderRow['status'], Tone> = {
  pending: 'plain',
  paid: 'warn',
  processing: 'info',
  shipped: 'info',
  delivered: 'good',
  cancelled: 'plain',
  refunded: 'bad',
  partially_refunded: 'bad',
};

/** The state of an order in a word. */
export function StatusMark({ status }: { status: OrderRow['status'] }) {
  const t = useTexts(texts);
  return <Mark tone={TONES[status]}>{t.statuses[status]}</Mark>;
}
