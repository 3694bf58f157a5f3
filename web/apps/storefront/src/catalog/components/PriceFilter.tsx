import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useId } from 'react';
import { withFilter } from '../listing.ts';
import type { ListSearch } from '../listSearch.ts';
import { texts } from '../texts.ts';

const FIELD =
  'min-h-10 w-full rounded-control border border-control bg-surface px-3 text-sm tabular-nums placeholder:text-muted';

/** From and to, as a form of its own: without JavaScript it asks for the page with the other filters kept. */
export function PriceFilter({ search, path }: { search: ListSearch; path: string }) {
  const t = useTexts(texts);
  const id = useId();
  const navigate = useNavigate();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const change = { min: String(form.get('min')), max: String(form.get('max')) };
    void navigate({ to: '.', search: withFilter(search, change) as never, resetScroll: false });
  };
  const { min, max, after: _, ...kept } = search;
  return (
    <form action={path} onSubmit={submit} className="border-t border-line py-4" key={`${min}-${max}`}>
      <h3 className="mb-2 text-sm font-semibold">{t.price}</h3>
      {Object.entries(kept).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <div className="flex items-center gap-2">
        <label htmlFor={`${id}-min`} className="sr-only">
          {t.priceFrom}
        </label>
        <input
          id={`${id}-min`}
          name="min"
          inputMode="decimal"
          defaultValue={min}
          placeholder={t.priceFrom}
          className={FIELD}
        />
        <span aria-hidden="true" className="text-muted">
          –
        </span>
        <label htmlFor={`${id}-max`} className="sr-only">
          {t.priceTo}
        </label>
        <input
          id={`${id}-max`}
          name="max"
          inputMode="decimal"
          defaultValue={max}
          placeholder={t.priceTo}
          className={FIELD}
        />
      </div>
      <Button type="submit" kind="secondary" className="mt-2 min-h-10 w-full text-sm">
        {t.apply}
      </Button>
    </form>
  );
}
