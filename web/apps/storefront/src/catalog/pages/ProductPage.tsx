import { useApi } from '@sharestack/api/context.tsx';
import { langOf } from '@sharestack/i18n/content.ts';
import { pathIn, useLocale, useTexts } from '@sharestack/i18n/locale.tsx';
import { PageHead, useSite } from '@sharestack/ui/PageHead.tsx';
import { useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useVariantChoice } from '../choosing/useVariantChoice.ts';
import { Breadcrumbs } from '../components/Breadcrumbs.tsx';
import { Gallery } from '../components/Gallery.tsx';
import { Recommendations } from '../components/Recommendations.tsx';
import { Reviews } from '../components/Reviews.tsx';
import { StockLine } from '../components/StockLine.tsx';
import { VariantPicker } from '../components/VariantPicker.tsx';
import { VariantPrice } from '../components/VariantPrice.tsx';
import { WishButton } from '../components/WishButton.tsx';
import { plainText } from '../plainText.ts';
import { type Product, productQuery } from '../queries.ts';
import { breadcrumbData, productData } from '../structuredData.ts';
import { texts } from '../texts.ts';
import type { Variant } from '../variants.ts';

const route = getRouteApi('/p/$slug');

interface Props {
  /** What puts the variant into the cart: another context's, so the shell hands it in. */
  buy: (variant: Variant, product: Product) => ReactNode;
}

export function ProductPage({ buy }: Props) {
  const locale = useLocale();
  const { origin } = useSite();
  const { slug } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { data: product } = useSuspenseQuery(productQuery(useApi(), slug));
  const { variant, choose } = useVariantChoice(
    product,
    search.variant,
    (id) => void navigate({ search: { ...search, variant: id }, replace: true, resetScroll: false }),
  );
  const path = pathIn(locale, `/p/${product.slug}`);
  const description = product.seo_description ?? plainText(product.description, 160);
  return (
    <div className="page pt-5">
      <PageHead
        title={product.seo_title ?? product.name}
        description={description}
        path={path}
        kind="product"
        image={product.images[0]?.url ?? null}
        isIndexed={!search.after && !search.stars && !search.reviews}
        jsonLd={[
          productData(product, plainText(product.description, 5000), origin + path),
          breadcrumbData(product.categories, locale, origin),
        ]}
      />
      <Breadcrumbs crumbs={product.categories} />
      <div className="mt-3 grid grid-cols-[minmax(0,1fr)] gap-8 md:grid-cols-[minmax(0,1.25fr)_minmax(0,1fr)] lg:gap-16">
        <Gallery product={product} />
        <div className="md:sticky md:top-32 md:self-start">
          <Heading product={product} />
          {variant && (
            <>
              <VariantPrice variant={variant} currency={product.currency} />
              <VariantPicker
                product={product}
                variant={variant}
                onChoose={(position, value) => void choose(position, value)}
              />
              <div className="mt-6">
                <StockLine variant={variant} />
              </div>
              {buy(variant, product)}
            </>
          )}
          <WishButton product={product} hasWords />
          <Description product={product} />
        </div>
      </div>
      <Reviews slug={slug} search={search} />
      <Recommendations slug={slug} />
    </div>
  );
}

function Heading({ product: { name, vendor } }: { product: Product }) {
  const locale = useLocale();
  return (
    <>
      <p className="text-sm text-muted" lang={langOf(vendor, locale)}>
        {vendor}
      </p>
      <h1
        tabIndex={-1}
        dir="auto"
        lang={langOf(name, locale)}
        className="mt-1 font-display text-3xl break-words lg:text-4xl"
      >
        {name}
      </h1>
    </>
  );
}

function Description({ product: { description } }: { product: Product }) {
  const t = useTexts(texts);
  const locale = useLocale();
  if (!description) return null;
  return (
    <section className="mt-8 border-t border-line pt-6">
      <h2 className="text-sm font-semibold">{t.about}</h2>
      <div
        lang={langOf(description, locale)}
        className="prose mt-2"
        // The API sanitizes what vendors write
        dangerouslySetInnerHTML={{ __html: description }}
      />
    </section>
  );
}
