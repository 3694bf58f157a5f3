import { useApi } from '@sharestack/api/context.tsx';
import { isComposing } from '@sharestack/ui/onEnter.ts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { type Completion, completionsQuery } from './queries.ts';

/**
 * A sign and what is written behind it, up to the caret; the sign stands at a boundary, and what may be inside of a name
 * is what the API reads as one (`functions/community/domain/entity_candidates.py`).
 */
const TOKEN = /(?:^|[\s\p{Script=Han}\p{P}])([$＄#@])([\p{L}\p{M}\p{N}_.·・･‧〜]{1,30})$/u;
const PAUSE_MS = 150;

interface Token {
  sign: string;
  prefix: string;
  /** Where the sign is. */
  start: number;
}

export function tokenAt(text: string, caret: number): Token | null {
  const found = TOKEN.exec(text.slice(0, caret));
  if (!found) return null;
  const [, sign = '', prefix = ''] = found;
  return { sign: sign === '＄' ? '$' : sign, prefix, start: caret - prefix.length - 1 };
}

/** What a text may go on with, below the field: tickers, hashtags and names, chosen by keys or the pointer. */
export function useCompletion(field: RefObject<HTMLTextAreaElement | null>, write: (text: string) => void) {
  const api = useApi();
  const [token, setToken] = useState<Token | null>(null);
  const [active, setActive] = useState(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const { data } = useQuery({
    ...completionsQuery(api, token?.sign ?? '', token?.prefix ?? ''),
    enabled: token !== null,
    placeholderData: keepPreviousData,
  });
  const items: readonly Completion[] = token ? (data ?? []) : [];
  const isOpen = items.length > 0;
  useEffect(() => () => clearTimeout(timer.current), []);

  const close = () => {
    clearTimeout(timer.current);
    setToken(null);
  };
  const look = () => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      const { current } = field;
      setToken(current ? tokenAt(current.value, current.selectionStart) : null);
      setActive(0);
    }, PAUSE_MS);
  };
  const choose = ({ text }: Completion) => {
    const { current } = field;
    if (!current) return;
    const { value, selectionStart: end } = current;
    // Typing may have gone on since it was looked up.
    const begun = tokenAt(value, end);
    close();
    if (!begun) return;
    write(`${value.slice(0, begun.start)}${text} ${value.slice(end).replace(/^ /, '')}`);
    const caret = begun.start + text.length + 1;
    requestAnimationFrame(() => {
      current.focus();
      current.setSelectionRange(caret, caret);
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const item = items[active];
    // Enter and arrows that belong to composing Chinese are not ours.
    if (!isOpen || !item || isComposing(event)) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) setActive((active + step + items.length) % items.length);
    else if (event.key === 'Enter' || event.key === 'Tab') choose(item);
    else if (event.key === 'Escape') close();
    else return;
    event.preventDefault();
  };
  return { items, active, isOpen, look, close, choose, onKeyDown };
}
