interface Category {
  id: string;
  slug: string;
  name: string;
  children: readonly Category[];
}

/** A category of the tree with the names of those above it: what a list of choices shows. */
export interface CategoryOption {
  id: string;
  slug: string;
  label: string;
}

/** The tree as a list, in its order. */
export function categoryOptions(tree: readonly Category[], above = ''): CategoryOption[] {
  return tree.flatMap(({ id, slug, name, children }) => {
    const label = above ? `${above} / ${name}` : name;
    return [{ id, slug, label }, ...categoryOptions(children, label)];
  });
}
