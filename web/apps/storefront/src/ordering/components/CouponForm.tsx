import { useApi } from '@sharestack/api/context.tsx';
import { asProblem } from '@sharestack/api/problem.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { type FormEvent, useId } from 'react';
import { applyCoupon, removeCoupon } from '../cart/queries.ts';
import { problemText } from '../problems.ts';
import { CART_KEY, type Cart } from '../queries.ts';
import { texts } from '../texts.ts';
import { useCart } from '../useCart.ts';

export function CouponForm({ cart }: { cart: Cart }) {
  const t = useTexts(texts);
  const id = useId();
  const api = useApi();
  const queryClient = useQueryClient();
  const { keep } = useCart();
  const apply = useMutation({ mutationFn: (code: string) => applyCoupon(api, code), onSuccess: keep });
  const remove = useMutation({
    mutationFn: (code: string) => removeCoupon(api, code),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: CART_KEY }),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const code = String(new FormData(form).get('code')).trim();
    if (code) apply.mutate(code, { onSuccess: () => form.reset() });
  };
  return (
    <div>
      {cart.coupons.map(({ code, description, problem }) => (
        <p
          key={code}
          className="mb-2 flex items-center justify-between gap-2 rounded-control bg-brand-soft pl-3 text-sm"
        >
          <span className="min-w-0 py-2 break-words">
            <strong>{code}</strong> {description}
            {problem && <span className="block text-warn">{t.couponProblems[problem]}</span>}
          </span>
          <button
            type="button"
            aria-label={t.removeOf(code)}
            className="grid size-11 shrink-0 place-items-center"
            onClick={() => remove.mutate(code)}
          >
            <X className="size-4" aria-hidden="true" />
          </button>
        </p>
      ))}
      <form onSubmit={submit}>
        <label htmlFor={id} className="mb-1 block text-sm text-muted">
          {t.coupon}
        </label>
        <div className="flex gap-2">
          <input
            id={id}
            name="code"
            maxLength={50}
            autoComplete="off"
            autoCapitalize="characters"
            aria-describedby={`${id}-problem`}
            aria-invalid={apply.isError || undefined}
            className="min-h-11 w-full min-w-0 rounded-control border border-control bg-surface px-3"
          />
          <Button type="submit" kind="secondary" busy={apply.isPending} className="shrink-0 whitespace-nowrap">
            {t.apply}
          </Button>
        </div>
        <p id={`${id}-problem`} role="status" className="mt-1 text-sm text-danger empty:hidden">
          {apply.error && problemText(t, asProblem(apply.error))}
        </p>
      </form>
    </div>
  );
}
