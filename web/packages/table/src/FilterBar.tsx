import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { type FormEvent, useId } from 'react';
import { texts } from './texts.ts';

export interface Filter {
  name: string;
  label: string;
  /** A choice is made at once; what is written, when it is sent. */
  kind: 'choice' | 'text' | 'day';
  options?: readonly { value: string; label: string }[];
  maxLength?: number;
}

interface Props {
  filters: readonly Filter[];
  /** As the address has them. */
  values: Readonly<Record<string, string | undefined>>;
  onChange: (values: Record<string, string | undefined>) => void;
}

const CONTROL = 'min-h-11 w-full rounded-control border border-control bg-surface px-3 text-base sm:min-h-9 sm:text-sm';

/** Filters of a list; the address holds them, so that they can be shared and gone back to. */
export function FilterBar({ filters, values, onChange }: Props) {
  const t = useTexts(texts);
  const isFiltered = filters.some(({ name }) => values[name]);
  const submit = (form: HTMLFormElement) => {
    const given = new FormData(form);
    onChange(Object.fromEntries(filters.map(({ name }) => [name, String(given.get(name) ?? '').trim() || undefined])));
  };
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    submit(event.currentTarget);
  };
  const isWritten = filters.some(({ kind }) => kind !== 'choice');
  return (
    <section aria-label={t.filters}>
      <form onSubmit={onSubmit} className="flex flex-wrap items-end gap-3">
        {filters.map((filter) => (
          <Control key={filter.name} filter={filter} value={values[filter.name] ?? ''} onChoice={submit} />
        ))}
        {isWritten && (
          <Button type="submit" kind="secondary" className="sm:min-h-9 sm:text-sm">
            {t.apply}
          </Button>
        )}
        {isFiltered && (
          <Button kind="quiet" className="sm:min-h-9 sm:text-sm" onClick={() => onChange({})}>
            {t.clear}
          </Button>
        )}
      </form>
    </section>
  );
}

interface ControlProps {
  filter: Filter;
  value: string;
  onChoice: (form: HTMLFormElement) => void;
}

function Control({ filter: { name, label, kind, options = [], maxLength = 200 }, value, onChoice }: ControlProps) {
  const t = useTexts(texts);
  const id = useId();
  return (
    <div className="grow basis-40 sm:max-w-60">
      <label htmlFor={id} className="mb-1 block text-sm text-muted">
        {label}
      </label>
      {kind === 'choice' ? (
        <select
          key={value}
          id={id}
          name={name}
          defaultValue={value}
          className={CONTROL}
          onChange={(event) => event.target.form && onChoice(event.target.form)}
        >
          <option value="">{t.any}</option>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      ) : (
        <input
          key={value}
          id={id}
          name={name}
          type={kind === 'day' ? 'date' : 'text'}
          defaultValue={value}
          maxLength={kind === 'text' ? maxLength : undefined}
          className={CONTROL}
        />
      )}
    </div>
  );
}
