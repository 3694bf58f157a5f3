import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useNavigate } from '@tanstack/react-router';
import { useId } from 'react';
import { texts } from '../texts.ts';

interface Props {
  currencies: readonly string[];
  currency: string;
}

/** Which currency is shown: amounts of two are never added up. One alone needs no choice. */
export function CurrencyChoice({ currencies, currency }: Props) {
  const t = useTexts(texts);
  const id = useId();
  const navigate = useNavigate({ from: '/' });
  if (currencies.length < 2) return null;
  const choose = (next: string) =>
    navigate({ to: '/', search: (now) => ({ ...now, currency: next }), replace: true, resetScroll: false });
  return (
    <>
      <label htmlFor={id} className="sr-only">
        {t.currency}
      </label>
      <select
        id={id}
        value={currency}
        className="min-h-11 rounded-control border border-line bg-surface px-3 text-sm sm:min-h-9"
        onChange={(event) => void choose(event.target.value)}
      >
        {currencies.map((code) => (
          <option key={code}>{code}</option>
        ))}
      </select>
    </>
  );
}
