import type { Site } from '@sharestack/api/site.ts';

interface Props {
  label: string;
  site: Site;
}

const LOOK = 'min-h-11 rounded-control border border-control bg-surface px-3 text-base sm:min-h-10 sm:text-sm';

/** A file names no currency: whoever imports or exports it does. */
export function CurrencyField({ label, site }: Props) {
  return (
    <label className="block text-sm">
      <span className="mb-1 block font-medium">{label}</span>
      <select name="currency" defaultValue={site.currency} className={LOOK}>
        {site.currencies.map(({ code }) => (
          <option key={code} value={code}>
            {code}
          </option>
        ))}
      </select>
    </label>
  );
}
