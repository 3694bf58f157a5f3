import { useApi } from '@sharestack/api/context.tsx';
import { langOf } from '@sharestack/i18n/content.ts';
import { useLocale, useTexts } from '@sharestack/i18n/locale.tsx';
import { useQuery } from '@tanstack/react-query';
import { categoriesQuery } from '../queries.ts';
import { texts } from '../texts.ts';

export function CategoryNav({ className = '' }: { className?: string }) {
  const t = useTexts(texts);
  const locale = useLocale();
  const { data } = useQuery(categoriesQuery(useApi()));
  return (
    <nav aria-label={t.categories} className={className}>
      <ul className="page flex min-h-11 flex-wrap items-center gap-x-8 text-sm">
        {data?.items.map(({ id, name }) => (
          <li key={id} lang={langOf(name, locale)}>
            {name}
          </li>
        ))}
      </ul>
    </nav>
  );
}
