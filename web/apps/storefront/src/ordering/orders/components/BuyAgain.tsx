import { useApi } from '@sharestack/api/context.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { RotateCcw } from 'lucide-react';
import { useCart } from '../../useCart.ts';
import { buyAgain } from '../buyAgain.ts';
import type { OrderItem } from '../queries.ts';
import { orderTexts } from '../texts.ts';
import { ProblemNote } from './ProblemNote.tsx';

/** Puts what was bought into the cart once more, and says what can no longer be had. */
export function BuyAgain({ items }: { items: readonly OrderItem[] }) {
  const t = useTexts(orderTexts);
  const api = useApi();
  const { keep } = useCart();
  const { mutate, data, isPending, error } = useMutation({ mutationFn: () => buyAgain(api, items, keep) });
  return (
    <>
      <Button kind="secondary" busy={isPending} onClick={() => mutate()}>
        <RotateCcw className="size-4" aria-hidden="true" />
        {t.buyAgain}
      </Button>
      <div role="status" className="order-last w-full text-sm empty:hidden">
        {isPending && <p className="text-muted">{t.buyingAgain}</p>}
        {data && data.added > 0 && (
          <p>
            {t.boughtAgain(data.added)}{' '}
            <Link to="/cart" className="font-medium text-brand underline underline-offset-4">
              {t.toCart}
            </Link>
          </p>
        )}
        {data && data.refused.length > 0 && (
          <>
            <p className="mt-1 text-warn">{t.notBought}</p>
            <ul className="list-disc pl-5">
              {data.refused.map(({ item, code }) => (
                <li key={item.id} className="break-words">
                  <bdi className="line-clamp-2">{item.name}</bdi>{' '}
                  <span className="text-muted">{t.gone[code] ?? t.failed}</span>
                </li>
              ))}
            </ul>
          </>
        )}
        {error && <ProblemNote error={error} />}
      </div>
    </>
  );
}
