import { basePath, useLocale, useTexts } from '@sharestack/i18n/locale.tsx';
import { Search } from 'lucide-react';
import { useId } from 'react';
import { texts } from '../texts.ts';

/** A form that works before and without JavaScript: it asks for the page of results. */
export function SearchForm({ className = '' }: { className?: string }) {
  const t = useTexts(texts);
  const id = useId();
  const action = `${basePath(useLocale()).replace(/\/$/, '')}/search`;
  return (
    <search className={className}>
      <form action={action}>
        <label htmlFor={id} className="sr-only">
          {t.searchLabel}
        </label>
        <div className="relative">
          <input
            id={id}
            type="search"
            name="q"
            maxLength={100}
            autoComplete="off"
            placeholder={t.searchPlaceholder}
            className="min-h-11 w-full rounded-control border border-control bg-surface pr-12 pl-4 placeholder:text-muted"
          />
          <button
            type="submit"
            aria-label={t.search}
            className="absolute inset-y-0 right-0 grid w-11 place-items-center text-muted hover:text-ink"
          >
            <Search className="size-5" aria-hidden="true" />
          </button>
        </div>
      </form>
    </search>
  );
}
