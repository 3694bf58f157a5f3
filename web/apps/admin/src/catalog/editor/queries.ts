import { type Api, type Schemas, take } from '@sharestack/api/client.ts';
import { cursorPages } from '@sharestack/api/pages.ts';
import { type QueryClient, queryOptions } from '@tanstack/react-query';
import type { VariantsSearch } from './search.ts';

export type Product = Schemas['AdminProduct'];
export type ProductChange = Schemas['ProductChange'];
export type NewProduct = Schemas['NewProduct'];
export type Variant = Schemas['AdminVariant'];
export type WrittenVariant = Schemas['WrittenVariant'];
export type VariantChange = Schemas['VariantChange'];
export type MediaFile = Schemas['MediaFile'];

export const PRODUCTS_KEY = ['products'] as const;
export const PAGE_SIZE = 50;
/** So many new variants go into one request. */
export const MOST_TOGETHER = 100;

export const productKey = (id: string) => [...PRODUCTS_KEY, 'one', id] as const;
export const variantsKey = (id: string) => [...PRODUCTS_KEY, 'variants', id] as const;

/** A product with the first of its variants. */
export const productQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: productKey(id),
    queryFn: () => take(api.GET('/api/v1/admin/products/{product_id}', { params: { path: { product_id: id } } })),
    staleTime: 0,
  });

export const createProduct = (api: Api, body: NewProduct) => take(api.POST('/api/v1/admin/products', { body }));

export const changeProduct = (api: Api, id: string, body: ProductChange) =>
  take(api.PATCH('/api/v1/admin/products/{product_id}', { params: { path: { product_id: id } }, body }));

export const deleteProduct = (api: Api, id: string) =>
  take(api.DELETE('/api/v1/admin/products/{product_id}', { params: { path: { product_id: id } } }));

export const categoriesQuery = (api: Api) =>
  queryOptions({ queryKey: ['categories', 'tree'], queryFn: () => take(api.GET('/api/v1/categories')) });

/** Variants in the product's order; by a value of each option, and by the beginning of the SKU. */
export const variantsQuery = (api: Api, product: Pick<Product, 'id' | 'option_names'>, search: VariantsSearch) => {
  const chosen = [search.o1, search.o2, search.o3];
  const options = Object.fromEntries(
    product.option_names.flatMap((name, index) => (chosen[index] ? [[`option.${name}`, chosen[index]]] : [])),
  );
  return cursorPages<Variant>({
    queryKey: [...variantsKey(product.id), search],
    fetchPage: (cursor) =>
      take(
        api.GET('/api/v1/admin/products/{product_id}/variants', {
          params: {
            path: { product_id: product.id },
            query: { ...options, sku: search.sku ?? null, limit: PAGE_SIZE, cursor },
          },
        }),
      ),
  });
};

const place = (productId: string, variantId: string) => ({
  params: { path: { product_id: productId, variant_id: variantId } },
});

export const readVariant = (api: Api, productId: string, variantId: string) =>
  take(api.GET('/api/v1/admin/products/{product_id}/variants/{variant_id}', place(productId, variantId)));

export const changeVariant = (api: Api, productId: string, variantId: string, body: VariantChange) =>
  take(
    api.PATCH('/api/v1/admin/products/{product_id}/variants/{variant_id}', { ...place(productId, variantId), body }),
  );

export const deleteVariant = (api: Api, productId: string, variantId: string) =>
  take(api.DELETE('/api/v1/admin/products/{product_id}/variants/{variant_id}', place(productId, variantId)));

export const changeVariants = (api: Api, productId: string, body: Schemas['VariantsChange'], key: string) =>
  take(
    api.POST('/api/v1/admin/products/{product_id}/variants/changes', {
      params: { path: { product_id: productId }, header: { 'Idempotency-Key': key } },
      body,
    }),
  ).then(({ results }) => results);

/** Any number of new variants, a hundred at a time; `onMade` hears how many there are by now. */
export async function createVariants(
  api: Api,
  productId: string,
  variants: readonly WrittenVariant[],
  onMade: (count: number) => void,
): Promise<void> {
  for (let from = 0; from < variants.length; from += MOST_TOGETHER) {
    const some = variants.slice(from, from + MOST_TOGETHER);
    await take(
      api.POST('/api/v1/admin/products/{product_id}/variants', {
        params: { path: { product_id: productId } },
        body: { variants: some },
      }),
    );
    onMade(from + some.length);
  }
}

/** The option values of every variant that the product has, as JSON. */
export async function existingOptions(api: Api, { id, variants, variant_count }: Product): Promise<Set<string>> {
  const found = variants.map(({ option_values }) => option_values);
  let cursor: string | null = null;
  while (found.length < variant_count) {
    const page: Schemas['AdminVariantList'] = await take(
      api.GET('/api/v1/admin/products/{product_id}/variants', {
        params: { path: { product_id: id }, query: { limit: 100, cursor, fields: 'option_values' } },
      }),
    );
    if (!cursor) found.length = 0;
    found.push(...page.items.map(({ option_values }) => option_values));
    cursor = page.next_cursor;
    if (!cursor) break;
  }
  return new Set(found.map((values) => JSON.stringify(values)));
}

/** Announces a picture; the answer has the form that takes it to storage. */
export const announcePicture = (api: Api, file: File) =>
  take(
    api.POST('/api/v1/media/uploads', {
      body: {
        filename: file.name.slice(-255) || 'picture',
        content_type: file.type as Schemas['NewMediaUpload']['content_type'],
        size: file.size,
        purpose: 'product',
      },
    }),
  );

export const readMedia = (api: Api, mediaId: string) =>
  take(api.GET('/api/v1/media/{media_id}', { params: { path: { media_id: mediaId } } }));

/** What a saved product changes: itself, and lists that it is in. */
export function productSaved(client: QueryClient, product: Product): void {
  client.setQueryData(productKey(product.id), product);
  void client.invalidateQueries({ queryKey: [...PRODUCTS_KEY, 'list'] });
}

/** After a change of variants: their pages, and the product's own count and version. */
export function variantsSaved(client: QueryClient, productId: string): void {
  for (const queryKey of [variantsKey(productId), productKey(productId), [...PRODUCTS_KEY, 'list'], ['inventory']]) {
    void client.invalidateQueries({ queryKey });
  }
}
