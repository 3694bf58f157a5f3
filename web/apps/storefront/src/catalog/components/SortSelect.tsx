import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useNavigate } from '@tanstack/react-router';
import { useId } from 'react';
import { withFilter } from '../listing.ts';
import { DEFAULT_SORT, type ListSearch, SORTS } from '../listSearch.ts';
import { texts } from '../texts.ts';

export function SortSelect({ search, path }: { search: ListSearch; path: string }) {
  const t = useTexts(texts);
  const id = useId();
  const navigate = useNavigate();
  const { sort = DEFAULT_SORT, after: _, ...kept } = search;
  const choose = (next: string) =>
    void navigate({ to: '.', search: withFilter(search, { sort: next }) as never, resetScroll: false });
  return (
    <form action={path} className="flex flex-wrap items-center gap-2 text-sm">
      {Object.entries(kept).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <label htmlFor={id} className="shrink-0 text-muted">
        {t.sort}
      </label>
      <select
        id={id}
        name="sort"
        key={sort}
        defaultValue={sort}
        onChange={(event) => choose(event.target.value)}
        className="min-h-11 rounded-control border border-control bg-surface px-3"
      >
        {SORTS.map((one) => (
          <option key={one} value={one}>
            {t.sorts[one]}
          </option>
        ))}
      </select>
      <noscript>
        <button type="submit" className="min-h-11 px-2 text-brand underline">
          {t.apply}
        </button>
      </noscript>
    </form>
  );
}
