import type { Api } from '@sharestack/api/client.ts';
import type { BulkAction } from '@sharestack/console/BulkBar.tsx';
import type { CategoryOption } from '@sharestack/console/categoryOptions.ts';
import { changeProducts, type ProductRow } from './queries.ts';
import type { texts } from './texts.ts';

type Action = BulkAction<ProductRow>;
type Change = NonNullable<Parameters<typeof changeProducts>[1]['change']>;

/** What can be done to several products at once. */
export function bulkActions(api: Api, t: (typeof texts)['en'], categories: readonly CategoryOption[]): Action[] {
  const ids = (rows: readonly ProductRow[]) => rows.map(({ id }) => id);
  const act =
    (change: (value: unknown) => Change): Action['run'] =>
    (rows, key, value) =>
      changeProducts(api, { ids: ids(rows), change: change(value), delete: false }, key);
  const labelOf = (id: unknown) => categories.find((one) => one.id === id)?.label ?? '–';
  const tag = { name: 'tag', label: t.tag, kind: 'text', required: true, maxLength: 255 } as const;
  return [
    {
      name: 'publish',
      label: t.publish,
      preview: ({ is_active }) => (is_active ? null : t.onSale),
      run: act(() => ({ is_active: true })),
    },
    {
      name: 'unpublish',
      label: t.unpublish,
      preview: ({ is_active }) => (is_active ? t.notOnSale : null),
      run: act(() => ({ is_active: false })),
    },
    {
      name: 'category',
      label: t.setCategory,
      field: {
        name: 'category',
        label: t.category,
        kind: 'choice',
        options: categories.map(({ id, label }) => ({ value: id, label })),
      },
      preview: (_, value) => t.into(labelOf(value)),
      run: act((value) => ({ category_id: typeof value === 'string' ? value : null })),
    },
    {
      name: 'add-tag',
      label: t.addTag,
      field: tag,
      preview: (_, value) => t.withTag(String(value)),
      run: act((value) => ({ add_tags: [String(value)] })),
    },
    {
      name: 'remove-tag',
      label: t.removeTag,
      field: tag,
      preview: (_, value) => t.withoutTag(String(value)),
      run: act((value) => ({ remove_tags: [String(value)] })),
    },
    {
      name: 'delete',
      label: t.delete,
      isDangerous: true,
      preview: () => t.willBeDeleted,
      run: (rows, key) => changeProducts(api, { ids: ids(rows), delete: true }, key),
    },
  ];
}
