import { useTexts } from '@sharestack/i18n/locale.tsx';
import type { ReactNode } from 'react';
import { brandName } from './brands.ts';
import { texts } from './texts.ts';

/** As `GET /payment-methods` answers it. */
export interface SavedMethod {
  id: string;
  kind: string;
  brand: string | null;
  last4: string | null;
  expires_month: number | null;
  expires_year: number | null;
}

interface Props {
  methods: readonly SavedMethod[];
  chosen: string | null;
  /** Null is a way to pay that is not saved. */
  onChoose: (id: string | null) => void;
}

/** What the customer pays with: something saved, or something else. */
export function SavedMethods({ methods, chosen, onChoose }: Props) {
  const t = useTexts(texts);
  return (
    <fieldset className="divide-y divide-line overflow-hidden rounded-card border border-line">
      <legend className="sr-only">{t.savedMethods}</legend>
      {methods.map(({ id, brand, kind, last4, expires_month, expires_year }) => (
        <Choice key={id} isChosen={chosen === id} onChoose={() => onChoose(id)}>
          <span className="grow">{t.savedCard(brandName(brand ?? kind), last4 ?? '')}</span>
          {expires_month && expires_year && (
            <span className="text-sm text-muted tabular-nums">{t.expires(expires_month, expires_year)}</span>
          )}
        </Choice>
      ))}
      <Choice isChosen={chosen === null} onChoose={() => onChoose(null)}>
        {t.otherMethod}
      </Choice>
    </fieldset>
  );
}

function Choice(props: { isChosen: boolean; onChoose: () => void; children: ReactNode }) {
  return (
    <label className="flex min-h-14 cursor-pointer items-center gap-3 px-4 py-3 has-checked:bg-brand-soft">
      <input
        type="radio"
        name="saved-method"
        className="size-4.5 shrink-0 accent-brand"
        checked={props.isChosen}
        onChange={props.onChoose}
      />
      {props.children}
    </label>
  );
}
