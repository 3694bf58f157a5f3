import { useApi } from '@sharestack/api/context.tsx';
import { Loaded } from '@sharestack/console/Loaded.tsx';
import { RoomHead } from '@sharestack/console/RoomHead.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { usePermissions } from '@sharestack/session/context.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { EmptyState } from '@sharestack/ui/EmptyState.tsx';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { CategoryDialog } from './CategoryDialog.tsx';
import { type Category, categoriesQuery } from './queries.ts';
import { texts } from './texts.ts';

interface Open {
  category: Category | null;
  isNew: boolean;
}

/** The tree of categories; each is edited in front of it. */
export function CategoriesPage() {
  const t = useTexts(texts);
  const query = useQuery(categoriesQuery(useApi()));
  const mayWrite = usePermissions().includes('catalog:write');
  const [open, setOpen] = useState<Open | null>(null);
  return (
    <div className="space-y-5">
      <RoomHead title={t.title}>
        {mayWrite && (
          <Button className="sm:min-h-10 sm:text-sm" onClick={() => setOpen({ category: null, isNew: true })}>
            {t.newCategory}
          </Button>
        )}
      </RoomHead>
      <Loaded query={query}>
        {({ items }) => (
          <>
            {items.length === 0 ? (
              <EmptyState title={t.none} body={t.noneBody} />
            ) : (
              <div className="rounded-card border border-line bg-surface px-4 py-1 sm:px-5">
                <Branch label={t.title} categories={items} onOpen={mayWrite ? setOpen : null} />
              </div>
            )}
            {open && <CategoryDialog tree={items} {...open} onClose={() => setOpen(null)} />}
          </>
        )}
      </Loaded>
    </div>
  );
}

interface BranchProps {
  label: string;
  categories: readonly Category[];
  onOpen: ((open: Open) => void) | null;
}

function Branch({ label, categories, onOpen }: BranchProps) {
  return (
    <ul aria-label={label} className="[&_ul]:border-l [&_ul]:border-line [&_ul]:pl-4 sm:[&_ul]:pl-6">
      {categories.map((category) => (
        <li key={category.id}>
          <Row category={category} onOpen={onOpen} />
          {category.children.length > 0 && (
            <Branch label={category.name} categories={category.children} onOpen={onOpen} />
          )}
        </li>
      ))}
    </ul>
  );
}

function Row({ category, onOpen }: { category: Category; onOpen: BranchProps['onOpen'] }) {
  const t = useTexts(texts);
  const { name, slug, product_count: count } = category;
  return (
    <div className="flex flex-wrap items-center gap-x-3 py-1 text-sm">
      {onOpen ? (
        <button
          type="button"
          aria-label={t.edit(name)}
          className="min-h-11 min-w-0 text-left font-medium break-words hover:underline sm:min-h-9"
          onClick={() => onOpen({ category, isNew: false })}
        >
          <bdi>{name}</bdi>
        </button>
      ) : (
        <bdi className="font-medium">{name}</bdi>
      )}
      <Link to="/products" search={{ category: slug }} className="text-muted tabular-nums hover:underline">
        {t.products(count)}
      </Link>
      {onOpen && (
        <Button
          kind="quiet"
          aria-label={t.below(name)}
          className="ml-auto sm:min-h-9 sm:text-sm"
          onClick={() => onOpen({ category, isNew: true })}
        >
          {t.add}
        </Button>
      )}
    </div>
  );
}
