import { useApi } from '@sharestack/api/context.tsx';
import { categoryOptions } from '@sharestack/console/categoryOptions.ts';
import type { Field, Values } from '@sharestack/console/field.ts';
import { ItemDialog } from '@sharestack/console/ItemDialog.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import {
  type AdminCategory,
  CATEGORIES_KEY,
  type Category,
  categoryQuery,
  createCategory,
  deleteCategory,
  replaceCategory,
} from './queries.ts';
import { texts } from './texts.ts';

const CHANGES = [CATEGORIES_KEY, ['products']];

interface Props {
  tree: readonly Category[];
  /** The one that is edited, or the one that a new one is made below; null: a new one at the root. */
  category: Category | null;
  isNew: boolean;
  onClose: () => void;
}

/** A category: made, changed, moved or deleted. */
export function CategoryDialog({ tree, category, isNew, onClose }: Props) {
  const t = useTexts(texts);
  const api = useApi();
  const client = useQueryClient();
  const { data } = useQuery({ ...categoryQuery(api, category?.id ?? ''), enabled: !isNew });
  if (isNew || !category) {
    return (
      <ItemDialog
        title={category ? t.below(category.name) : t.newCategory}
        fields={fieldsOf(t, tree)}
        initial={{ parent_id: category?.id ?? null, position: 0 }}
        changes={CHANGES}
        words={t.words}
        send={(values) => createCategory(api, contentOf(values))}
        onClose={onClose}
      />
    );
  }
  if (!data) return null;
  const stored = ({ version, name, slug, parent_id, position }: AdminCategory) => ({
    values: { name, slug, parent_id, position },
    version,
  });
  return (
    <ItemDialog
      title={t.edit(category.name)}
      fields={fieldsOf(t, tree)}
      initial={stored(data).values}
      version={data.version}
      changes={CHANGES}
      words={t.words}
      send={(values, version = data.version) => replaceCategory(api, data.id, { ...contentOf(values), version })}
      reload={async () => stored(await client.fetchQuery(categoryQuery(api, data.id)))}
      remove={{ label: t.delete, body: t.deleteBody(category.name), act: () => deleteCategory(api, data.id) }}
      onClose={onClose}
    />
  );
}

const contentOf = ({ name, slug, parent_id, position }: Values) => ({
  name: String(name),
  slug: slug === null ? null : String(slug),
  parent_id: parent_id === null ? null : String(parent_id),
  position: Number(position ?? 0),
});

const fieldsOf = (t: (typeof texts)['en'], tree: readonly Category[]): Field[] => [
  { name: 'name', label: t.name, kind: 'text', required: true, maxLength: 200, wide: true },
  {
    name: 'parent_id',
    label: t.parent,
    kind: 'choice',
    hint: t.parentHint,
    wide: true,
    options: categoryOptions(tree).map(({ id, label }) => ({ value: id, label })),
  },
  { name: 'slug', label: t.slug, kind: 'text', maxLength: 200, hint: t.slugHint },
  { name: 'position', label: t.position, kind: 'whole', min: 0, max: 2_147_483_647, hint: t.positionHint },
];
