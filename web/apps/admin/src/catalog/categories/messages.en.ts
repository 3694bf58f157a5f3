import { plural } from '@sharestack/i18n/plural.ts';
import type { zh } from './messages.zh.ts';

export const en: typeof zh = {
  title: 'Categories',
  newCategory: 'New category',
  none: 'There are no categories yet.',
  noneBody: 'Customers look through products by category.',
  products: (count) => `${plural(count, 'product', 'products')} on sale`,
  edit: (name) => `Edit ${name}`,
  below: (name) => `Add below ${name}`,
  add: 'Add below',
  name: 'Name',
  slug: 'Address',
  slugHint: 'Made from the name where it is empty. The address of before leads here.',
  parent: 'Stands below',
  parentHint: 'With another one it moves, and all below it.',
  position: 'Position',
  positionHint: 'Among its siblings, lowest first; then they go by name.',
  delete: 'Delete',
  deleteBody: (name) => `${name} will be deleted. It must have no categories and no products.`,
  deleted: 'The category was deleted',
  words: {
    slug_taken: 'Another category has this address.',
    category_cycle: 'A category cannot stand below itself.',
    category_too_deep: 'Categories go ten levels deep.',
    category_not_empty: 'It has categories or products; move them first.',
    category_not_found: 'The category is not there any more.',
  },
};
