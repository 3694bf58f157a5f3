import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useId, useRef } from 'react';
import { CountedArea } from '../writing/CountedArea.tsx';
import { CompletionList } from './CompletionList.tsx';
import { composingTexts } from './texts.ts';
import { useCompletion } from './useCompletion.ts';

/** The text of a post, with what it may go on with. */
export function TextField({ text, onWrite }: { text: string; onWrite: (text: string) => void }) {
  const t = useTexts(composingTexts);
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const completion = useCompletion(field, onWrite);
  return (
    <div className="relative">
      <CountedArea
        field={field}
        label={t.text}
        name="text"
        rows={5}
        value={text}
        aria-autocomplete="list"
        aria-controls={completion.isOpen ? `${id}-list` : undefined}
        aria-activedescendant={completion.isOpen ? `${id}-list-${completion.active}` : undefined}
        onChange={({ currentTarget }) => {
          onWrite(currentTarget.value);
          completion.look();
        }}
        onKeyDown={completion.onKeyDown}
        onBlur={completion.close}
      />
      <CompletionList id={`${id}-list`} completion={completion} />
      <p className="text-sm text-muted">{t.hint}</p>
    </div>
  );
}
