import { useApi } from '@sharestack/api/context.tsx';
import { basePath, useLocale, useTexts } from '@sharestack/i18n/locale.tsx';
import { PageHead } from '@sharestack/ui/PageHead.tsx';
import { useQuery } from '@tanstack/react-query';
import { ProductCard } from '../components/ProductCard.tsx';
import { popularQuery } from '../queries.ts';
import { texts } from '../texts.ts';

export function HomePage() {
  const t = useTexts(texts);
  const { data } = useQuery(popularQuery(useApi()));
  return (
    <>
      <PageHead title={t.homeTitle} description={t.homeDescription} path={basePath(useLocale())} />
      <div className="page py-12">
        <h1 tabIndex={-1} className="font-display text-4xl">
          {t.homeTitle}
        </h1>
        <ul className="mt-8 grid grid-cols-2 gap-x-4 gap-y-8 md:grid-cols-4">
          {data?.items.map((product) => (
            <li key={product.id}>
              <ProductCard product={product} sizes="(min-width: 48rem) 18rem, 50vw" />
            </li>
          ))}
        </ul>
      </div>
    </>
  );
}
