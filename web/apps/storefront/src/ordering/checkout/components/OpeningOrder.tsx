import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { useEffect } from 'react';
import { closingTexts } from '../closingTexts.ts';
import { usePlacedOrder } from '../usePlacedOrder.ts';
import { Notice } from './Notice.tsx';

/** It is paid: the order is opened, and made where the provider's word has not done so yet. */
export function OpeningOrder({ checkoutId }: { checkoutId: string }) {
  const t = useTexts(closingTexts);
  const { place, problem, isPlacing } = usePlacedOrder(checkoutId);
  useEffect(() => void place(), [place]);
  if (problem) {
    return (
      <Notice title={t.failed} body={t.orderFailed}>
        <Button busy={isPlacing} onClick={() => void place()}>
          {t.retry}
        </Button>
      </Notice>
    );
  }
  return (
    <p role="status" className="py-16 text-center text-lg text-muted">
      {t.openingOrder}
    </p>
  );
}
