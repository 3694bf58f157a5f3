import { useTexts } from '@sharestack/i18n/locale.tsx';
import type { ReactNode } from 'react';
import type { SavedAddress } from '../../addresses/queries.ts';
import { texts } from '../texts.ts';

interface Props {
  book: readonly SavedAddress[];
  /** Null is one that is typed in. */
  chosen: string | null;
  onChoose: (id: string | null) => void;
}

/** The address book: one of it, or another address. */
export function SavedAddresses({ book, chosen, onChoose }: Props) {
  const t = useTexts(texts);
  return (
    <fieldset>
      <legend className="sr-only">{t.savedAddresses}</legend>
      <div className="max-h-96 divide-y divide-line overflow-y-auto rounded-card border border-line bg-surface">
        {book.map(({ id, label, address }) => (
          <Choice key={id} isChosen={chosen === id} onChoose={() => onChoose(id)}>
            {label && <bdi className="block font-medium break-words">{label}</bdi>}
            <bdi className="line-clamp-2 break-words">{address.name}</bdi>
            <bdi className="line-clamp-3 text-sm break-words text-muted">
              {[address.line1, address.postal_code, address.city, address.country].filter(Boolean).join(', ')}
            </bdi>
          </Choice>
        ))}
        <Choice isChosen={chosen === null} onChoose={() => onChoose(null)}>
          {t.newAddress}
        </Choice>
      </div>
    </fieldset>
  );
}

function Choice(props: { isChosen: boolean; onChoose: () => void; children: ReactNode }) {
  return (
    <label className="flex min-h-14 cursor-pointer items-center gap-3 px-4 py-3 has-checked:bg-brand-soft">
      <input
        type="radio"
        name="saved-address"
        checked={props.isChosen}
        onChange={props.onChoose}
        className="size-4.5 shrink-0 accent-brand"
      />
      <span className="min-w-0">{props.children}</span>
    </label>
  );
}
