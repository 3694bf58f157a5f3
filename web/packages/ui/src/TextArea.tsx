import { type Ref, type TextareaHTMLAttributes, useId } from 'react';

interface Props extends TextareaHTMLAttributes<HTMLTextAreaElement> {
  label: string;
  hint: string;
  ref?: Ref<HTMLTextAreaElement>;
}

/** A labelled place for several lines. Uncontrolled: what was typed stays. */
export function TextArea({ label, hint, ...rest }: Props) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block text-sm font-medium">
        {label}
      </label>
      <textarea
        {...rest}
        id={id}
        aria-describedby={`${id}-hint`}
        className="w-full rounded-control border border-control bg-surface px-3.5 py-2.5"
      />
      <p id={`${id}-hint`} className="mt-1 text-sm text-muted">
        {hint}
      </p>
    </div>
  );
}
