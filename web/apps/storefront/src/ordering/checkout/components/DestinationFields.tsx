import { useLocale, useTexts } from '@sharestack/i18n/locale.tsx';
import { Skeleton } from '@sharestack/ui/Skeleton.tsx';
import { lazyRouteComponent } from '@tanstack/react-router';
import { Suspense } from 'react';
import type { SavedAddress } from '../../addresses/queries.ts';
import { type AddressProblems, likelyCountry } from '../../addressFields.ts';
import { AddressForm } from '../../components/AddressForm.tsx';
import type { Draft } from '../draft.ts';
import { texts } from '../texts.ts';
import { Section } from './Section.tsx';

// Of what is not shipped, and of who has an address book.
const PlaceFields = lazyRouteComponent(() => import('./PlaceFields.tsx'), 'PlaceFields');
const SavedAddresses = lazyRouteComponent(() => import('./SavedAddresses.tsx'), 'SavedAddresses');

interface Props {
  needsShipping: boolean;
  draft: Draft;
  book: readonly SavedAddress[];
  savedId: string | null;
  problems: AddressProblems;
  onChange: (changed?: Partial<Draft>) => void;
}

/** Where it is sent; for what is not sent, where it is taxed. */
export function DestinationFields({ needsShipping, draft, book, savedId, problems, onChange }: Props) {
  const t = useTexts(texts);
  const country = likelyCountry(useLocale());
  const common = { prefix: 'shipping_', address: draft.shipping, country, problems };
  if (!needsShipping) {
    return (
      <Section title={t.place}>
        <p className="mb-4 text-sm text-muted">{t.placeHint}</p>
        <Suspense fallback={<Skeleton className="h-18" />}>
          <PlaceFields {...common} onReady={onChange} />
        </Suspense>
      </Section>
    );
  }
  return (
    <Section title={t.address}>
      {book.length > 0 && (
        <Suspense fallback={<Skeleton className="h-32" />}>
          <SavedAddresses book={book} chosen={savedId} onChoose={(id) => onChange({ savedAddressId: id ?? 'new' })} />
        </Suspense>
      )}
      {savedId === null && (
        <div className={book.length > 0 ? 'mt-5' : ''}>
          <AddressForm {...common} kind="shipping" />
          {draft.isOwn && (
            <label className="mt-4 flex min-h-11 cursor-pointer items-center gap-3">
              <input
                type="checkbox"
                checked={draft.isToBeSaved}
                onChange={(event) => onChange({ isToBeSaved: event.target.checked })}
                className="size-4.5 shrink-0 accent-brand"
              />
              {t.saveAddress}
            </label>
          )}
        </div>
      )}
    </Section>
  );
}
