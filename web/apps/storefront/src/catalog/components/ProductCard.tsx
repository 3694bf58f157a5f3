import { langOf } from '@sharestack/i18n/content.ts';
import { useLocale, useTexts } from '@sharestack/i18n/locale.tsx';
import { formatMoney } from '@sharestack/i18n/money.ts';
import { Picture } from '@sharestack/ui/Picture.tsx';
import { Stars } from '@sharestack/ui/Stars.tsx';
import { Link } from '@tanstack/react-router';
import type { ProductCardData } from '../queries.ts';
import { texts } from '../texts.ts';
import { WishButton } from './WishButton.tsx';

interface Props {
  product: ProductCardData;
  sizes: string;
  first?: boolean;
}

export function ProductCard({ product, sizes, first = false }: Props) {
  const t = useTexts(texts);
  const locale = useLocale();
  const { name, vendor, currency, image } = product;
  const lowest = formatMoney(product.price_min_amount, currency, locale);
  const isRange = product.price_max_amount > product.price_min_amount;
  return (
    <article className="group relative flex h-full flex-col">
      <Picture
        picture={image}
        alt=""
        sizes={sizes}
        first={first}
        className={`rounded-card ${product.in_stock ? '' : 'opacity-60'}`}
      />
      <p className="mt-3 truncate text-xs text-muted" lang={langOf(vendor, locale)}>
        {vendor}
      </p>
      <h3 dir="auto" className="mt-0.5 line-clamp-3 leading-snug font-medium" lang={langOf(name, locale)}>
        <Link
          to="/p/$slug"
          params={{ slug: product.slug }}
          search={{}}
          className="underline-offset-4 group-hover:underline after:absolute after:inset-0 after:rounded-card"
        >
          {name}
        </Link>
      </h3>
      <p className="mt-1 flex flex-wrap items-baseline gap-x-2 tabular-nums">
        <span className={product.compare_at_amount ? 'text-danger' : ''}>{isRange ? t.from(lowest) : lowest}</span>
        {product.compare_at_amount && (
          <span className="text-sm text-muted">
            <span className="sr-only">{t.was} </span>
            <s>{formatMoney(product.compare_at_amount, currency, locale)}</s>
          </span>
        )}
      </p>
      {product.rating_average !== null && product.rating_count > 0 && (
        <p className="mt-1 flex items-center gap-1.5 text-xs text-muted">
          <Stars value={product.rating_average} className="h-3.5" />
          <span aria-hidden="true">{product.rating_count}</span>
        </p>
      )}
      {!product.in_stock && <p className="mt-1 text-xs text-warn">{t.soldOut}</p>}
      <div className="absolute top-1.5 right-1.5 z-10 flex flex-col items-end">
        <WishButton product={product} />
      </div>
    </article>
  );
}
