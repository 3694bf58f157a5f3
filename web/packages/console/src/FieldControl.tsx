import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useId } from 'react';
import type { Field, Value } from './field.ts';
import { written } from './fieldValues.ts';
import { texts } from './texts.ts';

interface Props {
  field: Field;
  value: Value | undefined;
  problem: string | undefined;
}

const LOOK =
  'w-full rounded-control border border-control bg-surface px-3 text-base aria-invalid:border-danger sm:text-sm';
const TYPES: Partial<Record<Field['kind'], string>> = {
  email: 'email',
  secret: 'password',
  day: 'date',
  moment: 'datetime-local',
};

/** A field with its label, hint and problem. The document holds what is written, so nothing is lost by a render. */
export function FieldControl({ field, value, problem }: Props) {
  const t = useTexts(texts);
  const id = useId();
  if (field.kind === 'check') return <Check id={id} field={field} value={value} problem={problem} />;
  const hint = field.hint ?? (field.kind === 'list' ? t.onePerLine : '');
  return (
    <div className={field.wide || field.kind === 'lines' || field.kind === 'list' ? 'sm:col-span-2' : ''}>
      <label htmlFor={id} className="mb-1 block text-sm font-medium">
        {field.label}
        {field.currency && <span className="font-normal text-muted"> ({field.currency})</span>}
        {!field.required && <span className="font-normal text-muted"> · {t.optional}</span>}
      </label>
      <Input id={id} field={field} value={value} isBad={Boolean(problem)} />
      <p id={`${id}-problem`} className="mt-1 text-sm text-danger empty:hidden">
        {problem}
      </p>
      <p id={`${id}-hint`} className="mt-1 text-sm text-muted empty:hidden">
        {hint}
      </p>
    </div>
  );
}

function Input({ id, field, value, isBad }: { id: string; field: Field; value: Value | undefined; isBad: boolean }) {
  const t = useTexts(texts);
  const common = {
    id,
    name: field.name,
    defaultValue: written(field, value),
    'aria-invalid': isBad || undefined,
    'aria-required': field.required || undefined,
    'aria-describedby': `${id}-problem ${id}-hint`,
  };
  if (field.kind === 'choice') {
    return (
      <select {...common} className={`${LOOK} min-h-11 sm:min-h-9`}>
        {(!field.required || common.defaultValue === '') && (
          <option value="">{field.required ? t.chooseOne : t.none}</option>
        )}
        {(field.options ?? []).map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    );
  }
  if (field.kind === 'lines' || field.kind === 'list') {
    return <textarea {...common} rows={field.rows ?? 4} className={`${LOOK} py-2`} />;
  }
  return (
    <input
      {...common}
      type={TYPES[field.kind] ?? 'text'}
      inputMode={field.kind === 'whole' ? 'numeric' : field.kind === 'amount' ? 'decimal' : undefined}
      autoComplete="off"
      className={`${LOOK} min-h-11 sm:min-h-9 ${field.kind === 'amount' || field.kind === 'whole' ? 'tabular-nums' : ''}`}
    />
  );
}

function Check({ id, field, value, problem }: Props & { id: string }) {
  return (
    <div className={field.wide ? 'sm:col-span-2' : ''}>
      <label htmlFor={id} className="flex min-h-11 items-center gap-2.5 text-sm sm:min-h-9">
        <input
          id={id}
          name={field.name}
          type="checkbox"
          defaultChecked={value === true}
          aria-invalid={problem ? true : undefined}
          aria-describedby={`${id}-problem ${id}-hint`}
          className="size-4.5 accent-brand"
        />
        {field.label}
      </label>
      <p id={`${id}-problem`} className="text-sm text-danger empty:hidden">
        {problem}
      </p>
      <p id={`${id}-hint`} className="text-sm text-muted empty:hidden">
        {field.hint}
      </p>
    </div>
  );
}
