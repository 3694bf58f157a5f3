import { langOf } from '@sharestack/i18n/content.ts';
import { useLocale, useTexts } from '@sharestack/i18n/locale.tsx';
import type { Suggestion } from '../frame/queries.ts';
import { frameTexts } from '../frameTexts.ts';
import type { Suggestions } from './useSuggestions.ts';

interface Props {
  id: string;
  suggestions: Suggestions;
  onChoose: (suggestion: Suggestion) => void;
}

/** The list below a search field. The field keeps the focus; pressing the mouse here must not take it away. */
export function SuggestionList({ id, suggestions: { items, active }, onChoose }: Props) {
  const t = useTexts(frameTexts);
  const locale = useLocale();
  return (
    <div
      id={`${id}-list`}
      role="listbox"
      aria-label={t.suggestions}
      className="absolute inset-x-0 top-full z-40 mt-1 overflow-hidden rounded-card border border-line bg-surface py-1 text-left shadow-lg"
    >
      {items.map((item, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's (aria-activedescendant)
        <div
          key={`${item.kind}-${item.slug ?? item.text}`}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onChoose(item)}
          className="flex min-h-11 cursor-pointer items-center justify-between gap-4 px-5 hover:bg-sunken aria-selected:bg-brand-soft"
        >
          <span className="truncate" lang={langOf(item.text, locale)}>
            {item.text}
          </span>
          <span className="shrink-0 text-xs text-muted">{t.suggestionKinds[item.kind]}</span>
        </div>
      ))}
    </div>
  );
}
