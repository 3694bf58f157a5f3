import type { Schemas } from '@sharestack/api/client.ts';

export type Category = Schemas['Category'];

/** The categories from the root to `slug`, the last one being it; empty where there is none of that name. */
export function categoryPath(categories: readonly Category[], slug: string): Category[] {
  for (const category of categories) {
    if (category.slug === slug) return [category];
    const below = categoryPath(category.children, slug);
    if (below.length > 0) return [category, ...below];
  }
  return [];
}

/** The category that had this slug before. */
export function formerCategory(categories: readonly Category[], slug: string): Category | undefined {
  for (const category of categories) {
    if (category.former_slugs.includes(slug)) return category;
    const below = formerCategory(category.children, slug);
    if (below) return below;
  }
  return undefined;
}
