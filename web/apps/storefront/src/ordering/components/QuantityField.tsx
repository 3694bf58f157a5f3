import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Minus, Plus } from 'lucide-react';
import { texts } from '../texts.ts';

const STEP = 'grid size-11 place-items-center text-ink hover:bg-sunken disabled:opacity-40';

interface Props {
  value: number;
  /** No more than this can be had; unknown is the API's own limit. */
  most: number | null;
  label: string;
  onChange: (value: number) => void;
}

export function QuantityField({ value, most, label, onChange }: Props) {
  const t = useTexts(texts);
  const limit = Math.min(most ?? 999, 999);
  const change = (next: number) => {
    if (Number.isInteger(next) && next >= 1) onChange(Math.min(next, limit));
  };
  return (
    <fieldset className="inline-flex items-center overflow-hidden rounded-control border border-control bg-surface">
      <legend className="sr-only">{label}</legend>
      <button
        type="button"
        className={STEP}
        aria-label={t.less}
        disabled={value <= 1}
        onClick={() => change(value - 1)}
      >
        <Minus className="size-4" aria-hidden="true" />
      </button>
      <input
        key={value}
        inputMode="numeric"
        aria-label={label}
        defaultValue={value}
        onBlur={(event) => change(Number(event.target.value))}
        className="h-11 w-10 bg-transparent text-center tabular-nums"
      />
      <button
        type="button"
        className={STEP}
        aria-label={t.more}
        disabled={value >= limit}
        onClick={() => change(value + 1)}
      >
        <Plus className="size-4" aria-hidden="true" />
      </button>
    </fieldset>
  );
}
