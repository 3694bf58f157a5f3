import { useApi } from '@sharestack/api/context.tsx';
import { asProblem } from '@sharestack/api/problem.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { useMutation } from '@tanstack/react-query';
import { problemText } from '../problems.ts';
import { addToCart } from '../queries.ts';
import { texts } from '../texts.ts';
import { useCart } from '../useCart.ts';

interface Props {
  variantId: string;
  name: string;
  onMoved: () => void;
}

/** One piece of something on a list goes into the cart, and leaves the list once it is there. */
export function MoveToCart({ variantId, name, onMoved }: Props) {
  const t = useTexts(texts);
  const api = useApi();
  const { keep } = useCart();
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => addToCart(api, variantId, 1),
    onSuccess: (cart) => {
      keep(cart);
      onMoved();
    },
  });
  return (
    <>
      <Button kind="secondary" busy={isPending} onClick={() => mutate()}>
        {t.addToCart}
        <span className="sr-only">: {name}</span>
      </Button>
      <p role="alert" className="max-w-52 text-sm text-danger empty:hidden">
        {error && problemText(t, asProblem(error))}
      </p>
    </>
  );
}
