import { pathIn, useLocale, useTexts } from '@sharestack/i18n/locale.tsx';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Search } from 'lucide-react';
import { type FormEvent, lazy, Suspense, useEffect, useId, useRef } from 'react';
import type { Suggestion } from '../frame/queries.ts';
import { frameTexts } from '../frameTexts.ts';
import { useSuggestions } from './useSuggestions.ts';

const SuggestionList = lazy(() =>
  import('./SuggestionList.tsx').then((module) => ({ default: module.SuggestionList })),
);

/**
 * A form that works before and without JavaScript: it asks for the page of results. Its field is React's only to look
 * at (uncontrolled): what was typed before the page was alive stays, and composing Chinese is never disturbed.
 */
export function SearchForm({ className = '' }: { className?: string }) {
  const t = useTexts(frameTexts);
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const navigate = useNavigate();
  const { q = '' } = useSearch({ strict: false }) as { q?: string };
  const action = pathIn(useLocale(), '/search');

  const open = (suggestion: Suggestion) => {
    suggestions.close();
    if (suggestion.kind === 'product' && suggestion.slug) {
      void navigate({ to: '/p/$slug', params: { slug: suggestion.slug } });
    } else if (suggestion.kind === 'category' && suggestion.slug) {
      void navigate({ to: '/c/$slug', params: { slug: suggestion.slug }, search: {} });
    } else {
      void navigate({ to: '/search', search: { vendor: suggestion.text } });
    }
  };
  const suggestions = useSuggestions(open);

  const shown = useRef(q);
  useEffect(() => {
    if (field.current && shown.current !== q) field.current.value = q;
    shown.current = q;
  }, [q]);

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    suggestions.close();
    const words = field.current?.value.trim() ?? '';
    void navigate({ to: '/search', search: words ? { q: words } : {} });
  };

  return (
    <search className={className}>
      <form action={action} onSubmit={submit} className="relative">
        <label htmlFor={id} className="sr-only">
          {t.searchLabel}
        </label>
        <input
          ref={field}
          id={id}
          type="search"
          name="q"
          defaultValue={q}
          maxLength={100}
          autoComplete="off"
          placeholder={t.searchPlaceholder}
          className="min-h-11 w-full rounded-full border border-control bg-surface pr-12 pl-5 placeholder:text-muted"
          role="combobox"
          aria-autocomplete="list"
          aria-expanded={suggestions.isOpen}
          aria-controls={suggestions.isOpen ? `${id}-list` : undefined}
          aria-activedescendant={suggestions.active >= 0 ? `${id}-${suggestions.active}` : undefined}
          {...suggestions.fieldHandlers}
        />
        <button
          type="submit"
          aria-label={t.search}
          className="absolute inset-y-0 right-1 grid w-11 place-items-center text-muted hover:text-ink"
        >
          <Search className="size-5" aria-hidden="true" />
        </button>
        {suggestions.isOpen && (
          <Suspense>
            <SuggestionList id={id} suggestions={suggestions} onChoose={open} />
          </Suspense>
        )}
      </form>
    </search>
  );
}
