import { useTexts } from '@sharestack/i18n/locale.tsx';
import { type Ref, type TextareaHTMLAttributes, useId } from 'react';
import { actingTexts } from '../acting/texts.ts';
import { characterCount, MOST_CHARACTERS } from './characters.ts';

interface Props extends TextareaHTMLAttributes<HTMLTextAreaElement> {
  label: string;
  value: string;
  field?: Ref<HTMLTextAreaElement>;
  isLabelHidden?: boolean;
}

const SOON = 200;

/** A text with what is left of its length; who cannot see it hears so when it gets short. */
export function CountedArea({ label, value, field, isLabelHidden = false, ...rest }: Props) {
  const t = useTexts(actingTexts);
  const id = useId();
  const left = MOST_CHARACTERS - characterCount(value);
  return (
    <div>
      <label htmlFor={id} className={isLabelHidden ? 'sr-only' : 'mb-1.5 block text-sm font-medium'}>
        {label}
      </label>
      <textarea
        {...rest}
        ref={field}
        id={id}
        dir="auto"
        value={value}
        aria-invalid={left < 0 || undefined}
        aria-describedby={`${id}-left`}
        className="field-sizing-content max-h-[60dvh] min-h-24 w-full rounded-control border border-control bg-surface px-3.5 py-2.5 aria-invalid:border-danger"
      />
      <p id={`${id}-left`} className={`text-sm tabular-nums ${left < 0 ? 'text-danger' : 'text-muted'}`}>
        {t.left(left)}
      </p>
      <p role="status" className="sr-only">
        {left < SOON && left % 20 === 0 && t.left(left)}
      </p>
    </div>
  );
}
