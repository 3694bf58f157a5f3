import { useApi } from '@sharestack/api/context.tsx';
import { isComposing } from '@sharestack/ui/onEnter.ts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type CompositionEvent, type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { type Suggestion, suggestionsQuery } from '../frame/queries.ts';

const PAUSE_MS = 150;

export type Suggestions = ReturnType<typeof useSuggestions>;

/** What the API suggests for the words in a field, and which of it the arrow keys are on (-1: the field itself). */
export function useSuggestions(choose: (suggestion: Suggestion) => void) {
  const api = useApi();
  const [words, setWords] = useState('');
  const [isWanted, setWanted] = useState(false);
  const [active, setActive] = useState(-1);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const { data } = useQuery({ ...suggestionsQuery(api, words), placeholderData: keepPreviousData });
  const items = words === '' ? [] : (data ?? []);
  const isOpen = isWanted && items.length > 0;

  useEffect(() => () => clearTimeout(timer.current), []);

  const look = (text: string) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      setWords(text.trim());
      setActive(-1);
      setWanted(true);
    }, PAUSE_MS);
  };

  const close = () => {
    clearTimeout(timer.current);
    setWanted(false);
    setActive(-1);
  };

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (isComposing(event)) {
      // Enter ends composing here; it must not send the form as well.
      if (event.key === 'Enter') event.preventDefault();
      return;
    }
    const item = items[active];
    if (event.key === 'Escape' && isOpen) {
      event.preventDefault();
      close();
    } else if (event.key === 'Enter' && isOpen && item) {
      event.preventDefault();
      choose(item);
    } else if (isOpen && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      // One place more than there are items: the field itself.
      setActive(((active + 1 + step + items.length + 1) % (items.length + 1)) - 1);
    }
  };

  const fieldHandlers = {
    onInput: (event: FormEvent<HTMLInputElement>) => {
      if (!(event.nativeEvent as InputEvent).isComposing) look(event.currentTarget.value);
    },
    onCompositionEnd: (event: CompositionEvent<HTMLInputElement>) => look(event.currentTarget.value),
    onBlur: close,
    onKeyDown,
  };
  return { items, active, isOpen, close, fieldHandlers };
}
