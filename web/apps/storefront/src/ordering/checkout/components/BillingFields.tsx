import { useLocale, useTexts } from '@sharestack/i18n/locale.tsx';
import { type AddressProblems, likelyCountry } from '../../addressFields.ts';
import { AddressForm } from '../../components/AddressForm.tsx';
import type { Draft } from '../draft.ts';
import { texts } from '../texts.ts';
import { Section } from './Section.tsx';

interface Props {
  needsShipping: boolean;
  draft: Draft;
  problems: AddressProblems;
  onChange: (changed: Partial<Draft>) => void;
}

/** Whom to invoice, where it is somebody else. */
export function BillingFields({ needsShipping, draft, problems, onChange }: Props) {
  const t = useTexts(texts);
  const country = draft.shipping.country || likelyCountry(useLocale());
  return (
    <Section title={t.billing}>
      <label className="flex min-h-11 cursor-pointer items-center gap-3">
        <input
          type="checkbox"
          checked={draft.isBilledElsewhere}
          onChange={(event) => onChange({ isBilledElsewhere: event.target.checked })}
          className="size-4.5 shrink-0 accent-brand"
        />
        {needsShipping ? t.billedElsewhere : t.billedElsewhereDigital}
      </label>
      {draft.isBilledElsewhere && (
        <div className="mt-4">
          <AddressForm prefix="billing_" kind="billing" address={draft.billing} country={country} problems={problems} />
        </div>
      )}
    </Section>
  );
}
