import { useApi } from '@sharestack/api/context.tsx';
import { langOf } from '@sharestack/i18n/content.ts';
import { useLocale, useTexts } from '@sharestack/i18n/locale.tsx';
import { Button, buttonClass } from '@sharestack/ui/Button.tsx';
import { Picture } from '@sharestack/ui/Picture.tsx';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useRef, useState } from 'react';
import { unwish, wishedQuery, wishFor } from '../queries.ts';
import type { Wish } from './queries.ts';
import { wishlistTexts } from './texts.ts';
import { WishPrice } from './WishPrice.tsx';

export type MoveToCart = (wish: { variantId: string; name: string }, onMoved: () => void) => ReactNode;

interface Props {
  wish: Wish;
  move: MoveToCart;
}

/** A wish. Once removed its place stays and says so, until the page is left: the way back is one press. */
export function WishRow({ wish, move }: Props) {
  const t = useTexts(wishlistTexts);
  const locale = useLocale();
  const { gone, remove, undo, markMoved, isFailed } = useRemoval(wish.product_id);
  const name = (
    <bdi lang={langOf(wish.name, locale)} className="line-clamp-2 break-words">
      {wish.name}
    </bdi>
  );
  if (gone) {
    return (
      <li className="flex flex-wrap items-center gap-x-4 gap-y-1 py-4 text-muted">
        <p role="status" className="min-w-0 grow break-words">
          {gone === 'moved' ? t.moved(wish.name) : t.removed(wish.name)}
        </p>
        {gone === 'moved' ? (
          <Link to="/cart" className={buttonClass('quiet')}>
            {t.toCart}
          </Link>
        ) : (
          <Button kind="quiet" onClick={undo} autoFocus>
            {t.undo}
          </Button>
        )}
      </li>
    );
  }
  return (
    <li className="grid grid-cols-[5.5rem_1fr] gap-x-4 gap-y-2 py-5 sm:grid-cols-[7rem_1fr_auto] sm:gap-x-6">
      <Picture
        picture={wish.image}
        alt=""
        sizes="7rem"
        className={`rounded-card ${wish.in_stock ? '' : 'opacity-60'}`}
      />
      <div className="min-w-0">
        <h2 className="font-medium">
          {wish.on_sale ? (
            <Link to="/p/$slug" params={{ slug: wish.slug }} className="underline-offset-4 hover:underline">
              {name}
            </Link>
          ) : (
            name
          )}
        </h2>
        <WishPrice wish={wish} />
        <p className={`mt-1 text-sm ${wish.in_stock ? 'text-brand' : 'text-warn'}`}>
          {wish.in_stock ? t.inStock : wish.on_sale ? t.soldOut : t.offSale}
        </p>
        <p role="alert" className="text-sm text-danger empty:hidden">
          {isFailed && t.failed}
        </p>
      </div>
      <div className="col-span-2 flex flex-wrap items-start gap-x-2 sm:col-span-1 sm:flex-col sm:items-stretch">
        {wish.in_stock &&
          (wish.variant_id ? (
            move({ variantId: wish.variant_id, name: wish.name }, markMoved)
          ) : (
            <Link to="/p/$slug" params={{ slug: wish.slug }} className={buttonClass('secondary')}>
              {t.choose}
            </Link>
          ))}
        <Button kind="quiet" aria-label={t.removeOf(wish.name)} onClick={remove}>
          {t.remove}
        </Button>
      </div>
    </li>
  );
}

function useRemoval(productId: string) {
  const api = useApi();
  const queryClient = useQueryClient();
  const [gone, setGone] = useState<'removed' | 'moved' | null>(null);
  const before = useRef<typeof gone>(null);
  const { mutate, isError } = useMutation({
    scope: { id: `wish ${productId}` },
    mutationFn: ({ isWished }: { isWished: boolean; gone: typeof gone }) =>
      (isWished ? wishFor : unwish)(api, productId),
    onMutate: (next) => {
      before.current = gone;
      setGone(next.gone);
    },
    onError: () => setGone(before.current),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: wishedQuery(api).queryKey }),
  });
  return {
    gone,
    isFailed: isError,
    remove: () => mutate({ isWished: false, gone: 'removed' }),
    undo: () => mutate({ isWished: true, gone: null }),
    markMoved: () => mutate({ isWished: false, gone: 'moved' }),
  };
}
