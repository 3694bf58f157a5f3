import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Link } from '@tanstack/react-router';
import { House } from 'lucide-react';
import { texts } from '../texts.ts';

const ITEM =
  'flex min-h-14 flex-1 flex-col items-center justify-center gap-0.5 text-xs text-muted aria-[current=page]:text-brand';

/** The way around on a phone, within reach of a thumb. */
export function BottomBar() {
  const t = useTexts(texts);
  return (
    <nav
      aria-label={t.menu}
      className="sticky bottom-0 z-30 flex border-t border-line bg-paper pb-[env(safe-area-inset-bottom)] md:hidden print:hidden"
    >
      <Link to="/" className={ITEM} activeOptions={{ exact: true }}>
        <House className="size-5" aria-hidden="true" />
        {t.home}
      </Link>
    </nav>
  );
}
