import { useTexts } from '@sharestack/i18n/locale.tsx';
import { composingTexts } from './texts.ts';
import type { useCompletion } from './useCompletion.ts';

interface Props {
  id: string;
  completion: ReturnType<typeof useCompletion>;
}

/** Below the text. The field keeps the focus; pressing the mouse here must not take it away. */
export function CompletionList({ id, completion: { items, active, isOpen, choose } }: Props) {
  const t = useTexts(composingTexts);
  return (
    <>
      <p role="status" className="sr-only">
        {isOpen && t.suggested(items.length)}
      </p>
      <div
        id={id}
        role="listbox"
        aria-label={t.suggestions}
        hidden={!isOpen}
        className="absolute inset-x-0 top-full z-20 -mt-5 overflow-hidden rounded-card border border-line bg-surface py-1 shadow-lg"
      >
        {items.map((item, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's (aria-activedescendant)
          <div
            key={item.text}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => choose(item)}
            className="flex min-h-11 cursor-pointer items-center justify-between gap-4 px-4 hover:bg-sunken aria-selected:bg-brand-soft"
          >
            <bdi className="truncate">{item.text}</bdi>
            <span className="truncate text-sm text-muted">{item.about}</span>
          </div>
        ))}
      </div>
    </>
  );
}
