import { useTexts } from '@sharestack/i18n/locale.tsx';
import type { OrderReturn } from '../queries.ts';
import { orderTexts } from '../texts.ts';

const LOOKS: Record<OrderReturn['status'], string> = {
  requested: 'bg-warn-soft text-warn',
  approved: 'bg-info-soft text-info',
  rejected: 'bg-sunken text-muted',
  received: 'bg-info-soft text-info',
  refunded: 'bg-brand-soft text-brand',
};

/** How a return stands, in a few words. */
export function ReturnMark({ status }: { status: OrderReturn['status'] }) {
  const t = useTexts(orderTexts);
  return (
    <span className={`inline-block rounded-full px-3 py-1 text-sm font-medium ${LOOKS[status]}`}>
      {t.returnStatus[status]}
    </span>
  );
}
