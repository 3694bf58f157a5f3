import { useApi } from '@sharestack/api/context.tsx';
import { useGrowingList } from '@sharestack/api/growingList.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useSessionState } from '@sharestack/session/context.tsx';
import { buttonClass } from '@sharestack/ui/Button.tsx';
import { EmptyState } from '@sharestack/ui/EmptyState.tsx';
import { MoreList } from '@sharestack/ui/MoreList.tsx';
import { PageHead } from '@sharestack/ui/PageHead.tsx';
import { Link } from '@tanstack/react-router';
import { wishlistQuery } from '../wishlist/queries.ts';
import { wishlistTexts } from '../wishlist/texts.ts';
import { type MoveToCart, WishRow } from '../wishlist/WishRow.tsx';

/** `move` puts a wish into the cart: another context's, so the shell hands it in. */
export function WishlistPage({ move }: { move: MoveToCart }) {
  const t = useTexts(wishlistTexts);
  const { status } = useSessionState();
  const list = useGrowingList(wishlistQuery(useApi()), status === 'signed-in');
  return (
    <>
      <PageHead title={t.title} isIndexed={false} />
      <h1 tabIndex={-1} className="font-display text-3xl">
        {t.title}
      </h1>
      <p className="mt-1 max-w-prose text-muted">{t.lead}</p>
      <div className="mt-6">
        <MoreList
          {...list}
          empty={
            <EmptyState title={t.emptyTitle} body={t.emptyBody}>
              <Link to="/search" search={{}} className={buttonClass()}>
                {t.browse}
              </Link>
            </EmptyState>
          }
        >
          {(wish) => <WishRow key={wish.product_id} wish={wish} move={move} />}
        </MoreList>
      </div>
    </>
  );
}
