import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Link } from '@tanstack/react-router';
import { House, LayoutGrid, MessagesSquare } from 'lucide-react';
import { AccountLink } from '../../identity/components/AccountLink.tsx';
import { CartLink } from '../../ordering/components/CartLink.tsx';
import { texts } from '../texts.ts';

const ITEM =
  'flex min-h-14 w-full min-w-0 flex-col items-center justify-center gap-0.5 text-xs text-muted aria-[current=page]:text-brand';

/** The way around on a phone, within reach of a thumb. */
export function BottomBar() {
  const t = useTexts(texts);
  return (
    <nav
      aria-label={t.menu}
      className="sticky bottom-0 z-30 grid grid-cols-5 border-t border-line bg-paper pb-[env(safe-area-inset-bottom)] md:hidden print:hidden"
    >
      <Link to="/" className={ITEM} activeOptions={{ exact: true }}>
        <House className="size-5" strokeWidth={1.75} aria-hidden="true" />
        {t.home}
      </Link>
      <Link to="/search" className={ITEM}>
        <LayoutGrid className="size-5" strokeWidth={1.75} aria-hidden="true" />
        {t.products}
      </Link>
      <Link to="/feed" className={ITEM}>
        <MessagesSquare className="size-5" strokeWidth={1.75} aria-hidden="true" />
        {t.feed}
      </Link>
      <CartLink className={ITEM} isLabelled />
      <AccountLink className={ITEM} isLabelled />
    </nav>
  );
}
