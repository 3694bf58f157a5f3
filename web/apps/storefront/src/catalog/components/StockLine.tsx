import { useTexts } from '@sharestack/i18n/locale.tsx';
import { texts } from '../texts.ts';
import type { Variant } from '../variants.ts';

const LOOKS = { in_stock: 'text-brand', low: 'text-warn', out: 'text-muted' };

export function StockLine({ variant }: { variant: Variant }) {
  const t = useTexts(texts);
  const { stock_state: state, available } = variant;
  const words = state === 'out' ? t.soldOut : state === 'low' && available ? t.onlyFew(available) : t.inStock;
  return (
    <p role="status" className={`flex items-center gap-2 text-sm ${LOOKS[state]}`}>
      <span aria-hidden="true" className="size-2 rounded-full bg-current" />
      {words}
    </p>
  );
}
