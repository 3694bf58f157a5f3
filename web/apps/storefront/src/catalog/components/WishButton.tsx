import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Link, useLocation } from '@tanstack/react-router';
import { Heart } from 'lucide-react';
import { texts } from '../texts.ts';
import { useWish } from '../useWish.ts';
import { keepWish } from '../wishes.ts';

interface Props {
  product: { id: string; name: string };
  /** The words beside the heart; without, the heart stands alone on a picture. */
  hasWords?: boolean;
}

const ALONE = 'grid size-11 place-items-center rounded-full bg-paper/80 text-ink backdrop-blur-sm hover:text-brand';
const BESIDE = 'inline-flex min-h-11 items-center gap-2 rounded-control px-2 text-sm text-muted hover:text-ink';

/** Who is not signed in is sent there first; the wish is kept, and done when they come back. */
export function WishButton({ product, hasWords = false }: Props) {
  const t = useTexts(texts);
  const { publicHref } = useLocation();
  const { status, isWished, isReady, toggle, problem } = useWish(product.id);
  const heart = <Heart className={`size-5 ${isWished ? 'fill-brand text-brand' : ''}`} aria-hidden="true" />;
  const look = hasWords ? BESIDE : ALONE;
  const label = hasWords ? undefined : t.wishOf(product.name);
  if (status === 'anonymous') {
    return (
      <Link
        to="/sign-in"
        search={{ next: publicHref }}
        rel="nofollow"
        preload={false}
        aria-label={label}
        onClick={() => keepWish(product.id)}
        className={look}
      >
        {heart}
        {hasWords && t.wish}
      </Link>
    );
  }
  return (
    <>
      <button
        type="button"
        aria-label={label}
        // Beside words the words say it
        aria-pressed={hasWords ? undefined : isWished}
        disabled={!isReady}
        onClick={toggle}
        className={look}
      >
        {heart}
        {hasWords && (isWished ? t.wished : t.wish)}
      </button>
      <span role="status" className="block max-w-52 rounded-control bg-surface px-2 text-xs text-danger empty:hidden">
        {problem && (problem.code === 'wishlist_full' ? t.wishlistFull : t.wishFailed)}
      </span>
    </>
  );
}
