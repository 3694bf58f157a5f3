import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { closingTexts } from '../closingTexts.ts';
import { usePlacedOrder } from '../usePlacedOrder.ts';
import { LegalNotes } from './LegalNotes.tsx';
import { RefusalText } from './RefusalText.tsx';

/** Nothing to pay, for instance because a coupon pays it all. */
export function FreeOrder({ checkoutId }: { checkoutId: string }) {
  const t = useTexts(closingTexts);
  const { place, isPlacing, problem } = usePlacedOrder(checkoutId);
  return (
    <div className="space-y-6">
      <p>{t.nothingToPay}</p>
      <LegalNotes />
      {problem && <RefusalText problem={problem} />}
      <Button busy={isPlacing} onClick={() => void place()} className="min-h-13 w-full text-lg">
        {t.orderFree}
      </Button>
      <p role="status" className="text-center text-sm text-muted">
        {isPlacing && t.ordering}
      </p>
    </div>
  );
}
