import type { ProductCardData } from '../queries.ts';
import { ProductCard } from './ProductCard.tsx';

interface Props {
  products: readonly ProductCardData[];
  /** How many are surely in sight at once: their pictures load first. */
  inSight?: number;
  /** A list beside filters has one column less. */
  isNarrow?: boolean;
}

export function ProductGrid({ products, inSight = 0, isNarrow = false }: Props) {
  const columns = isNarrow ? 'lg:grid-cols-3' : 'lg:grid-cols-4';
  return (
    <ul className={`grid grid-cols-2 gap-x-4 gap-y-9 sm:grid-cols-3 md:gap-x-6 md:gap-y-12 ${columns}`}>
      {products.map((product, index) => (
        <li key={product.id}>
          <ProductCard
            product={product}
            first={index < inSight}
            sizes="(min-width: 64rem) 17rem, (min-width: 40rem) 32vw, 46vw"
          />
        </li>
      ))}
    </ul>
  );
}
