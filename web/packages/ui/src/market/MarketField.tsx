import { useTexts } from '@sharestack/i18n/locale.tsx';
import { TrendingDown, TrendingUp } from 'lucide-react';
import { useId, useState } from 'react';
import { chooseMarket, chosenMarket, MARKETS, type Market } from './market.ts';
import { marketTexts } from './texts.ts';

/** Red or green for a rise, with a look at both. For pages made in the browser: a server does not know the choice. */
export function MarketField() {
  const t = useTexts(marketTexts);
  const id = useId();
  const [market, setMarket] = useState<Market>(chosenMarket);
  const change = (next: Market) => {
    chooseMarket(next);
    setMarket(next);
  };
  return (
    <div className="max-w-md">
      <label htmlFor={id} className="mb-1.5 block text-sm font-medium">
        {t.label}
      </label>
      <select
        id={id}
        value={market}
        aria-describedby={`${id}-hint`}
        onChange={({ currentTarget }) => change(currentTarget.value as Market)}
        className="min-h-11 w-full rounded-control border border-control bg-surface px-3"
      >
        {MARKETS.map((one) => (
          <option key={one} value={one}>
            {t.markets[one]}
          </option>
        ))}
      </select>
      <p id={`${id}-hint`} className="mt-1 flex flex-wrap gap-x-4 text-sm text-muted">
        <span>{t.hint}</span>
        <span className="inline-flex items-center gap-1 text-up">
          <TrendingUp className="size-4" aria-hidden="true" />
          {t.up}
        </span>
        <span className="inline-flex items-center gap-1 text-down">
          <TrendingDown className="size-4" aria-hidden="true" />
          {t.down}
        </span>
      </p>
    </div>
  );
}
