import { expect, test } from 'vitest';
import { PRODUCT } from '../testing/fixtures.ts';
import { listQuery, withFilter, withoutFilters } from './listing.ts';
import { parseListSearch } from './listSearch.ts';
import { plainText } from './plainText.ts';
import type { Product } from './queries.ts';
import { parseProductSearch } from './reviewSearch.ts';
import { breadcrumbData, productData } from './structuredData.ts';
import { chosenVariant, variantWith } from './variants.ts';

const product = PRODUCT as unknown as Product;

test('an address keeps what is known, in one order, without defaults', () => {
  const search = parseListSearch({
    sort: 'popular',
    'option.Size': 'Large',
    q: ' pot ',
    utm: 'x',
    stock: 'yes',
    rating: '9',
    min: 'a',
  });
  expect(search).toEqual({ q: 'pot', 'option.Size': 'Large' });
  expect(Object.keys(parseListSearch({ stock: '1', q: 'a', sort: 'price' }))).toEqual(['q', 'stock', 'sort']);
});

test('another filter starts at the first page; all can be taken away but the words', () => {
  expect(withFilter({ q: 'a', after: 'x' }, { stock: '1' })).toEqual({ q: 'a', stock: '1' });
  expect(withoutFilters({ q: 'a', sort: 'price', vendor: 'b' })).toEqual({ q: 'a', sort: 'price' });
});

test('the API is asked in its own words', () => {
  const query = listQuery({ min: '12.5', rating: '4', stock: '1', 'option.Size': 'Large', category: 'tea' }, 'kitchen');
  expect(query).toMatchObject({
    price_min: 1250,
    rating_min: 4,
    in_stock: true,
    category: 'kitchen',
    'option.Size': 'Large',
  });
});

test('the address of a product takes a variant and reviews, and nothing else', () => {
  const variant = '00000000-0000-4000-8000-000000000001';
  expect(parseProductSearch({ variant, reviews: 'newest', stars: '5', after: 'x', junk: '1' })).toEqual({
    variant,
    reviews: 'newest',
    stars: '5',
    after: 'x',
  });
  expect(parseProductSearch({ variant: 'x', reviews: 'helpful', stars: '7' })).toEqual({});
});

test('the first variant that can be bought is shown', () => {
  const [first, second, third] = product.variants;
  expect(chosenVariant(product, third?.id)).toBe(third);
  expect(chosenVariant({ ...product, variants: product.variants.slice(2) }, undefined)).toBe(third);
  expect(first && variantWith(product.variants, first, 1, 'Ash')).toBe(second);
  expect(second && variantWith(product.variants, second, 0, 'Large')).toBe(third);
  expect(first && variantWith(product.variants, first, 0, 'Huge')).toBeUndefined();
});

test('descriptions become text, cut where they are long', () => {
  expect(plainText('<p>Clay &amp; <b>ash</b></p>')).toBe('Clay & ash');
  expect(plainText('abcdef', 4)).toBe('abc…');
});

test('search engines are told one price or the range, and ratings where there are any', () => {
  const url = 'https://shop.example/p/clay-pot';
  const one = { ...product, price_max_amount: 1290, rating_count: 0, in_stock: false, variants: [] };
  expect(productData(one, 'text', url)).toMatchObject({
    offers: { '@type': 'Offer', price: '12.90', availability: 'https://schema.org/OutOfStock' },
  });
  expect(productData(one, 'text', url)).not.toHaveProperty('aggregateRating');
  expect(productData(product, 'text', url)).toMatchObject({ aggregateRating: { reviewCount: 2 }, sku: 'POT-1' });
  expect(breadcrumbData(product.categories, 'en', 'https://shop.example')).toMatchObject({
    itemListElement: [{ position: 1, item: 'https://shop.example/en/c/kitchen' }],
  });
});
