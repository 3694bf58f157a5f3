import { useApi } from '@sharestack/api/context.tsx';
import { pathIn, useLocale, useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { findSuggestionsQuery } from './queries.ts';
import { type FindSearch, MOST_CHARACTERS } from './search.ts';
import { findingTexts } from './texts.ts';

const PAUSE_MS = 200;

/**
 * A form that works before and without JavaScript. What it suggests is the browser's own list, chosen by its keys; the
 * field is not React's, so that composing Chinese is never disturbed.
 */
export function FindForm({ q = '', kind }: FindSearch) {
  const t = useTexts(findingTexts);
  const id = useId();
  const navigate = useNavigate();
  const action = pathIn(useLocale(), '/find');
  const field = useRef<HTMLInputElement>(null);
  const { words, look } = useWords();
  const { data: suggestions = [] } = useQuery({
    ...findSuggestionsQuery(useApi(), words),
    placeholderData: keepPreviousData,
  });
  const shown = useRef(q);
  useEffect(() => {
    if (field.current && shown.current !== q) field.current.value = q;
    shown.current = q;
  }, [q]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const wanted = field.current?.value.trim() ?? '';
    void navigate({ to: '/find', search: { ...(wanted ? { q: wanted } : {}), ...(kind ? { kind } : {}) } });
  };
  return (
    <search>
      <form action={action} onSubmit={submit} className="flex flex-wrap items-end gap-3">
        <div className="min-w-48 grow">
          <label htmlFor={id} className="mb-1.5 block text-sm font-medium">
            {t.field}
          </label>
          <input
            ref={field}
            id={id}
            type="search"
            name="q"
            dir="auto"
            defaultValue={q}
            maxLength={MOST_CHARACTERS}
            autoComplete="off"
            placeholder={t.placeholder}
            list={`${id}-list`}
            onInput={({ currentTarget, nativeEvent }) => {
              if (!(nativeEvent as InputEvent).isComposing) look(currentTarget.value);
            }}
            onCompositionEnd={({ currentTarget }) => look(currentTarget.value)}
            className="min-h-11 w-full rounded-control border border-control bg-surface px-3.5 placeholder:text-muted"
          />
          <datalist id={`${id}-list`}>
            {suggestions.map((one) => (
              <option key={`${one.kind} ${one.key}`} value={one.text} label={t.suggestionKinds[one.kind]} />
            ))}
          </datalist>
        </div>
        {kind && <input type="hidden" name="kind" value={kind} />}
        <Button type="submit">{t.search}</Button>
      </form>
    </search>
  );
}

/** What is written, once somebody pauses. */
function useWords() {
  const [words, setWords] = useState('');
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const look = (text: string) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setWords(text.trim()), PAUSE_MS);
  };
  return { words, look };
}
