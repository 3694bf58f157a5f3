import { useTexts } from '@sharestack/i18n/locale.tsx';
import { X } from 'lucide-react';
import type { OrdersSearch } from '../search.ts';
import { texts } from '../texts.ts';

interface Props {
  search: OrdersSearch;
  onSearch: (search: Record<string, string | undefined>) => void;
}

/** A customer or a product that a link chose; there is no field for them. */
export function ChosenChips({ search, onSearch }: Props) {
  const t = useTexts(texts);
  const names = (['customer', 'product'] as const).filter((name) => search[name]);
  if (names.length === 0) return null;
  return (
    <ul className="flex flex-wrap gap-2 text-sm">
      {names.map((name) => (
        <li key={name} className="inline-flex items-center rounded-full border border-line bg-surface pl-3">
          {t.chosen[name]} <span className="ml-1 text-muted">…{search[name]?.slice(-6)}</span>
          <button
            type="button"
            aria-label={t.unchoose(t.chosen[name])}
            className="grid size-11 place-items-center sm:size-8"
            onClick={() => onSearch({ ...search, [name]: undefined })}
          >
            <X className="size-4" aria-hidden="true" />
          </button>
        </li>
      ))}
    </ul>
  );
}
