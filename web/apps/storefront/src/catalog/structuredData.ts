import { type Locale, pathIn } from '@sharestack/i18n/locale.tsx';
import { minorDigits } from '@sharestack/i18n/money.ts';
import type { Crumb } from './components/Breadcrumbs.tsx';
import type { Product } from './queries.ts';

/** What search engines read (schema.org), as they ask for it. */
export function breadcrumbData(way: readonly Crumb[], locale: Locale, origin: string): object {
  return {
    '@type': 'BreadcrumbList',
    itemListElement: way.map(({ name, slug }, index) => ({
      '@type': 'ListItem',
      position: index + 1,
      name,
      item: origin + pathIn(locale, `/c/${slug}`),
    })),
  };
}

const decimal = (amount: number, currency: string) => {
  const digits = minorDigits(currency);
  return (amount / 10 ** digits).toFixed(digits);
};

export function productData(product: Product, text: string, url: string): object {
  const { name, vendor, images, currency, price_min_amount: low, price_max_amount: high } = product;
  const availability = `https://schema.org/${product.in_stock ? 'InStock' : 'OutOfStock'}`;
  const price = { priceCurrency: currency, availability, url };
  return {
    '@type': 'Product',
    name,
    description: text,
    image: images.map((image) => new URL(image.url, url).href),
    brand: { '@type': 'Brand', name: vendor },
    ...(product.variants[0]?.sku ? { sku: product.variants[0].sku } : {}),
    offers:
      low === high
        ? { '@type': 'Offer', price: decimal(low, currency), ...price }
        : {
            '@type': 'AggregateOffer',
            lowPrice: decimal(low, currency),
            highPrice: decimal(high, currency),
            offerCount: product.variant_count,
            ...price,
          },
    ...(product.rating_count > 0
      ? {
          aggregateRating: {
            '@type': 'AggregateRating',
            ratingValue: product.rating_average,
            reviewCount: product.rating_count,
          },
        }
      : {}),
  };
}
