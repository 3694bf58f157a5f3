import { useTexts } from '@sharestack/i18n/locale.tsx';
import { X } from 'lucide-react';
import { texts } from './texts.ts';

type Search = Readonly<Record<string, string | undefined>>;

interface Props {
  /** What they are called, by their names in the address. */
  chosen: Readonly<Record<string, string>>;
  search: Search;
  onSearch: (search: Record<string, string | undefined>) => void;
}

/** Whose or of what rows are, where a link chose it and there is no field for it; each can be taken away. */
export function ChosenChips({ chosen, search, onSearch }: Props) {
  const t = useTexts(texts);
  const present = Object.entries(chosen).filter(([name]) => search[name]);
  if (present.length === 0) return null;
  return (
    <ul className="flex flex-wrap gap-2 text-sm">
      {present.map(([name, label]) => (
        <li key={name} className="inline-flex items-center rounded-full border border-line bg-surface pl-3">
          {label} <span className="ml-1 text-muted">…{search[name]?.slice(-6)}</span>
          <button
            type="button"
            aria-label={t.unchoose(label)}
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
