import { useApi } from '@sharestack/api/context.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useQuery } from '@tanstack/react-query';
import { recommendationsQuery } from '../queries.ts';
import { texts } from '../texts.ts';
import { GridSkeleton } from './GridSkeleton.tsx';
import { ProductGrid } from './ProductGrid.tsx';

/** What goes with a product. There is nothing to say where there is none. */
export function Recommendations({ slug }: { slug: string }) {
  const t = useTexts(texts);
  const { data, isPending } = useQuery(recommendationsQuery(useApi(), slug));
  if (!isPending && !data?.length) return null;
  return (
    <section className="mt-20">
      <h2 className="mb-6 font-display text-2xl">{t.goesWith}</h2>
      {data ? <ProductGrid products={data.slice(0, 4)} /> : <GridSkeleton count={4} />}
    </section>
  );
}
