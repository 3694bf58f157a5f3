import type { CategoryOption } from '@sharestack/console/categoryOptions.ts';
import type { Field, Values } from '@sharestack/console/field.ts';
import type { Product, ProductChange } from './queries.ts';
import type { texts } from './texts.ts';

type Texts = (typeof texts)['en'];

export function detailFields(t: Texts, categories: readonly CategoryOption[]): Field[] {
  return [
    { name: 'name', label: t.name, kind: 'text', required: true, maxLength: 255, wide: true },
    { name: 'slug', label: t.slug, kind: 'text', required: true, maxLength: 255, hint: t.slugHint },
    {
      name: 'category_id',
      label: t.category,
      kind: 'choice',
      options: categories.map(({ id, label }) => ({ value: id, label })),
    },
    { name: 'description', label: t.description, kind: 'lines', rows: 10, hint: t.descriptionHint },
    { name: 'vendor', label: t.vendor, kind: 'text', maxLength: 255 },
    { name: 'product_type', label: t.productType, kind: 'text', maxLength: 200 },
    { name: 'tags', label: t.tags, kind: 'list', maxLength: 255, rows: 3 },
    { name: 'is_active', label: t.isActive, kind: 'check', wide: true },
  ];
}

export function seoFields(t: Texts): Field[] {
  return [
    { name: 'seo_title', label: t.seoTitle, kind: 'text', maxLength: 255, wide: true, hint: t.seoTitleHint },
    {
      name: 'seo_description',
      label: t.seoDescription,
      kind: 'lines',
      rows: 3,
      maxLength: 1000,
      hint: t.seoDescriptionHint,
    },
  ];
}

/** What the fields of a form say of the product. A text that may be empty is null in a form. */
export function valuesOf(product: Product, fields: readonly Field[]): Values {
  return Object.fromEntries(
    fields.map(({ name }) => {
      const value = product[name as keyof Product] as Values[string];
      return [name, value === '' ? null : value];
    }),
  );
}

const EMPTY: ProductChange = { version: 1, description: '', vendor: '', product_type: '', tags: [] };

/** What the API takes of a form: texts are empty and never null. */
export function changeOf(values: Values): Omit<ProductChange, 'version'> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, value ?? EMPTY[name as keyof ProductChange] ?? null]),
  );
}
