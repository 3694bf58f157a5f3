import { useApi } from '@sharestack/api/context.tsx';
import { type ApiProblem, asProblem } from '@sharestack/api/problem.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { Link } from '@tanstack/react-router';
import { Check, ShoppingBag } from 'lucide-react';
import { useState } from 'react';
import { problemText } from '../problems.ts';
import { addToCart } from '../queries.ts';
import { texts } from '../texts.ts';
import { useCart } from '../useCart.ts';
import { useCoalesced } from '../useCoalesced.ts';
import { QuantityField } from './QuantityField.tsx';

interface Props {
  variantId: string;
  isOut: boolean;
  available: number | null;
}

const sum = (waiting: number, next: number) => waiting + next;

/** Quick presses add up: while one call is under way the others wait, and go as one. */
export function AddToCart({ variantId, isOut, available }: Props) {
  const t = useTexts(texts);
  const api = useApi();
  const { keep } = useCart();
  const [quantity, setQuantity] = useState(1);
  const [isAdded, setAdded] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const { run, isPending } = useCoalesced(async (units: number) => {
    try {
      keep(await addToCart(api, variantId, units));
      setProblem(null);
      setAdded(true);
    } catch (error) {
      setAdded(false);
      setProblem(asProblem(error));
    }
  }, sum);
  return (
    <div className="mt-6">
      <div className="flex flex-wrap gap-3">
        <QuantityField value={quantity} most={available} label={t.quantity} onChange={setQuantity} />
        <Button
          className="grow basis-44"
          disabled={isOut}
          onClick={() => void run(quantity)}
          aria-busy={isPending || undefined}
        >
          <ShoppingBag className="size-5" aria-hidden="true" />
          {isOut ? t.soldOut : t.addToCart}
        </Button>
      </div>
      <div role="status" className="min-h-11 pt-2 text-sm">
        {isPending && <span className="text-muted">{t.adding}</span>}
        {!isPending && problem && <span className="text-danger">{problemText(t, problem)}</span>}
        {!isPending && !problem && isAdded && (
          <span className="inline-flex flex-wrap items-center gap-x-2 text-brand">
            <Check className="size-4" aria-hidden="true" />
            {t.added}
            <Link to="/cart" className="font-medium underline underline-offset-4">
              {t.toCart}
            </Link>
          </span>
        )}
      </div>
    </div>
  );
}
