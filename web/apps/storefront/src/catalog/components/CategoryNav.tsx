import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Link } from '@tanstack/react-router';
import { frameTexts } from '../frameTexts.ts';
import { CategoryLinks } from './CategoryLinks.tsx';

const ITEM =
  'inline-flex min-h-11 items-center border-b-2 border-transparent hover:border-control aria-[current=page]:border-brand';

export function CategoryNav({ className = '' }: { className?: string }) {
  const t = useTexts(frameTexts);
  return (
    <nav aria-label={t.categories} className={className}>
      <ul className="page flex items-center gap-x-7 overflow-x-auto text-sm whitespace-nowrap">
        <li>
          <Link to="/search" className={ITEM} activeOptions={{ includeSearch: true, exact: true }}>
            {t.allProducts}
          </Link>
        </li>
        <CategoryLinks className={ITEM} />
      </ul>
    </nav>
  );
}
