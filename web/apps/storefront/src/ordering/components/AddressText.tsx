import type { Schemas } from '@sharestack/api/client.ts';
import { addressLines } from '@sharestack/i18n/addressLines.ts';
import { useLocale, useTexts } from '@sharestack/i18n/locale.tsx';
import { addressTexts } from '../addresses/texts.ts';

/** An address as it is written where it is, and the number that its invoices name. */
export function AddressText({ address, className = '' }: { address: Schemas['PostalAddress']; className?: string }) {
  const t = useTexts(addressTexts);
  const locale = useLocale();
  const lines = addressLines(address, locale);
  if (address.tax_number) lines.push(`${t.fields.tax_number}: ${address.tax_number}`);
  return (
    <address className={`not-italic ${className}`}>
      {lines.map((line, index) => (
        <span key={index} className="block wrap-anywhere" dir="auto">
          {line}
        </span>
      ))}
    </address>
  );
}
