import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useSite } from '@sharestack/ui/PageHead.tsx';
import { Link } from '@tanstack/react-router';
import { CategoryNav } from '../../catalog/components/CategoryNav.tsx';
import { SearchForm } from '../../catalog/components/SearchForm.tsx';
import { AccountLink } from '../../identity/components/AccountLink.tsx';
import { CartLink } from '../../ordering/components/CartLink.tsx';
import { texts } from '../texts.ts';
import { LanguageLink } from './LanguageLink.tsx';
import { Mark } from './Mark.tsx';

const ICON = 'grid size-11 cursor-pointer place-items-center rounded-control hover:bg-sunken';

/** Name and search; on wide screens also categories, account and cart, which phones have in the bottom bar. */
export function Header() {
  const { name } = useSite();
  const { feed } = useTexts(texts);
  return (
    <header className="sticky top-0 z-30 border-b border-line bg-paper print:hidden">
      <div className="page flex items-center gap-3 pt-3 pb-2 max-md:pb-3 md:gap-6">
        <Link
          to="/"
          className="flex min-h-11 shrink-0 items-center gap-2.5 font-display text-xl font-semibold tracking-tight"
        >
          <Mark className="h-8" />
          <span className="max-sm:sr-only">{name}</span>
        </Link>
        <SearchForm className="mx-auto w-full max-w-xl min-w-0" />
        <div className="flex shrink-0 items-center gap-1">
          <Link to="/feed" className="grid min-h-11 place-items-center px-2 text-sm hover:underline max-md:hidden">
            {feed}
          </Link>
          <LanguageLink className="grid min-h-11 place-items-center px-2 text-sm text-muted hover:text-ink" />
          <div className="flex items-center max-md:hidden">
            <AccountLink className={ICON} />
            <CartLink className={ICON} />
          </div>
        </div>
      </div>
      <CategoryNav className="max-md:hidden" />
    </header>
  );
}
