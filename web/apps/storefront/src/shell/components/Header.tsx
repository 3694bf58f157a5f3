import { useSite } from '@sharestack/ui/PageHead.tsx';
import { Link } from '@tanstack/react-router';
import { CategoryNav } from '../../catalog/components/CategoryNav.tsx';
import { SearchForm } from '../../catalog/components/SearchForm.tsx';
import { LanguageLink } from './LanguageLink.tsx';

/** Name, search, and on wide screens the categories; on phones the bottom bar has the rest. */
export function Header() {
  const { name } = useSite();
  return (
    <header className="sticky top-0 z-30 border-b border-line bg-paper print:hidden">
      <div className="page flex items-center gap-4 py-3 md:gap-8">
        <Link to="/" className="flex shrink-0 items-center gap-2 font-display text-xl font-semibold tracking-tight">
          <svg viewBox="0 0 64 64" className="h-7" aria-hidden="true">
            <rect width="64" height="64" rx="14" fill="#006f49" />
            <path d="M14 50V30a18 18 0 0 1 36 0v20z" fill="#e3f0e9" />
            <circle cx="32" cy="34" r="8" fill="#d98f4a" />
          </svg>
          <span className="max-sm:sr-only">{name}</span>
        </Link>
        <SearchForm className="min-w-0 grow" />
        <LanguageLink className="shrink-0 text-sm text-muted underline-offset-4 hover:text-ink hover:underline" />
      </div>
      <CategoryNav className="max-md:hidden" />
    </header>
  );
}
