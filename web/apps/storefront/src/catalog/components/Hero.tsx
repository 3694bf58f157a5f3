import { langOf } from '@sharestack/i18n/content.ts';
import { useLocale, useTexts } from '@sharestack/i18n/locale.tsx';
import { buttonClass } from '@sharestack/ui/Button.tsx';
import { Picture } from '@sharestack/ui/Picture.tsx';
import { Link } from '@tanstack/react-router';
import { ArrowRight } from 'lucide-react';
import { homeTexts } from '../homeTexts.ts';
import type { ProductCardData } from '../queries.ts';

/** Where each picture stands: a tall arch, and two below and above the line beside it. */
const PLACES = [
  'col-span-3 row-span-2 rounded-t-full rounded-b-card',
  'col-span-2 rounded-card',
  'col-span-2 rounded-full',
];

export function Hero({ products }: { products: readonly ProductCardData[] }) {
  const t = useTexts(homeTexts);
  return (
    <section className="border-b border-line bg-sunken">
      <div className="page grid items-center gap-10 py-10 md:grid-cols-2 md:gap-16 md:py-16">
        <div>
          <h1 tabIndex={-1} className="font-display text-4xl text-balance md:text-5xl">
            {t.homeTitle[0]}
            <br />
            {t.homeTitle[1]}
          </h1>
          <p className="mt-5 max-w-[30em] text-lg leading-relaxed text-muted">{t.homeLead}</p>
          <Link to="/search" className={buttonClass('primary', 'mt-8 px-7')}>
            {t.shopAll}
            <ArrowRight className="size-4" aria-hidden="true" />
          </Link>
        </div>
        <ul className="grid grid-cols-5 grid-rows-2 gap-3 md:gap-4">
          {products.map((product, index) => (
            <HeroPicture key={product.id} product={product} place={PLACES[index] ?? ''} isFirst={index === 0} />
          ))}
        </ul>
      </div>
    </section>
  );
}

function HeroPicture({ product, place, isFirst }: { product: ProductCardData; place: string; isFirst: boolean }) {
  const locale = useLocale();
  return (
    <li className={`overflow-hidden ${place}`}>
      <Link
        to="/p/$slug"
        params={{ slug: product.slug }}
        search={{}}
        className="block h-full focus-visible:-outline-offset-4"
      >
        <Picture
          picture={product.image}
          alt={product.name}
          lang={langOf(product.name, locale)}
          sizes={isFirst ? '(min-width: 48rem) 22rem, 56vw' : '(min-width: 48rem) 14rem, 36vw'}
          ratio={isFirst ? '3 / 4' : '1 / 1'}
          first
          className="h-full w-full"
        />
      </Link>
    </li>
  );
}
