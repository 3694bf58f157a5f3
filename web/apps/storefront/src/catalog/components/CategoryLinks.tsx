import { useApi } from '@sharestack/api/context.tsx';
import { langOf } from '@sharestack/i18n/content.ts';
import { useLocale } from '@sharestack/i18n/locale.tsx';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { categoriesQuery } from '../frame/queries.ts';

/** The categories at the top, as items of a list. */
export function CategoryLinks({ className }: { className: string }) {
  const locale = useLocale();
  const { data } = useQuery(categoriesQuery(useApi()));
  return data?.items.slice(0, 8).map(({ id, slug, name }) => (
    <li key={id}>
      <Link to="/c/$slug" params={{ slug }} search={{}} lang={langOf(name, locale)} className={className}>
        {name}
      </Link>
    </li>
  ));
}
