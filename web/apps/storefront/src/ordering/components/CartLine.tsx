import { useApi } from '@sharestack/api/context.tsx';
import { type ApiProblem, asProblem } from '@sharestack/api/problem.ts';
import { langOf } from '@sharestack/i18n/content.ts';
import { useLocale, useTexts } from '@sharestack/i18n/locale.tsx';
import { formatMoney } from '@sharestack/i18n/money.ts';
import { Picture } from '@sharestack/ui/Picture.tsx';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { removeItem, setQuantity } from '../cart/queries.ts';
import { problemText } from '../problems.ts';
import { CART_KEY, type CartItem } from '../queries.ts';
import { texts } from '../texts.ts';
import { useCart } from '../useCart.ts';
import { useCoalesced } from '../useCoalesced.ts';
import { QuantityField } from './QuantityField.tsx';

export function CartLine({ item, currency }: { item: CartItem; currency: string }) {
  const t = useTexts(texts);
  const locale = useLocale();
  const api = useApi();
  const queryClient = useQueryClient();
  const { keep } = useCart();
  const [wanted, setWanted] = useState<number | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const { run } = useCoalesced(async (quantity: number) => {
    try {
      if (quantity === 0) {
        await removeItem(api, item.id);
        await queryClient.invalidateQueries({ queryKey: CART_KEY });
      } else {
        keep(await setQuantity(api, item.id, quantity));
      }
      setProblem(null);
    } catch (error) {
      setProblem(asProblem(error));
    }
    setWanted(null);
  });
  const change = (quantity: number) => {
    setWanted(quantity);
    void run(quantity);
  };
  const picture = item.image_url ? { url: item.image_url, variants: [] } : null;
  return (
    <li className={`flex gap-4 py-6 ${wanted === 0 ? 'opacity-50' : ''}`}>
      <Picture picture={picture} alt="" sizes="7rem" className="w-20 shrink-0 self-start rounded-card sm:w-28" />
      <div className="flex min-w-0 grow flex-col gap-2 sm:flex-row sm:justify-between sm:gap-6">
        <div className="min-w-0">
          <Link
            to="/p/$slug"
            params={{ slug: item.product_slug }}
            search={{ variant: item.variant_id }}
            lang={langOf(item.name, locale)}
            className="font-medium break-words underline-offset-4 hover:underline"
          >
            {item.name}
          </Link>
          {item.variant_title && (
            <p className="text-sm text-muted" lang={langOf(item.variant_title, locale)}>
              {item.variant_title}
            </p>
          )}
          <Problems item={item} currency={currency} />
          <div role="status" className="text-sm text-danger">
            {problem && problemText(t, problem)}
          </div>
        </div>
        <div className="flex min-w-0 flex-wrap items-center justify-between gap-x-4 sm:shrink-0 sm:flex-col sm:items-end">
          <p className="basis-full tabular-nums sm:basis-auto">{formatMoney(item.amount, currency, locale)}</p>
          <div className="flex min-w-0 flex-wrap items-center gap-x-1">
            <QuantityField
              value={wanted || item.quantity}
              most={null}
              label={t.quantityOf(item.name)}
              onChange={change}
            />
            <button
              type="button"
              className="min-h-11 px-3 text-sm text-muted underline-offset-4 hover:text-ink hover:underline"
              aria-label={t.removeOf(item.name)}
              onClick={() => change(0)}
            >
              {t.remove}
            </button>
          </div>
        </div>
      </div>
    </li>
  );
}

/** What has changed since it was put into the cart is said, not hidden. */
function Problems({ item, currency }: { item: CartItem; currency: string }) {
  const t = useTexts(texts);
  const locale = useLocale();
  if (item.problems.length === 0) return null;
  const money = (amount: number) => formatMoney(amount, currency, locale);
  const words = {
    price_changed: t.priceChanged(money(item.price_at_time), money(item.unit_amount ?? item.price_at_time)),
    insufficient_stock: t.tooFew(item.available ?? 0),
    removed: t.noLongerSold,
    currency_changed: t.currencyChanged,
  };
  return (
    <ul className="mt-2 rounded-control bg-warn-soft px-3 py-2 text-sm text-warn">
      {item.problems.map((problem) => (
        <li key={problem}>{words[problem]}</li>
      ))}
    </ul>
  );
}
