import { addressLines } from '@sharestack/i18n/addressLines.ts';
import { useLocale, useTexts } from '@sharestack/i18n/locale.tsx';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { closingTexts } from '../closingTexts.ts';
import type { Checkout } from '../queries.ts';
import { texts } from '../texts.ts';

/** What was filled in before, and the way back to it. */
export function CheckoutFacts({ checkout, isChangeable }: { checkout: Checkout; isChangeable: boolean }) {
  const t = useTexts(texts);
  const { email, shipping_address: address, billing_address: billing, shipping_method: method } = checkout;
  return (
    <dl className="divide-y divide-line rounded-card border border-line bg-surface px-5">
      <Fact name={t.contact} isChangeable={isChangeable}>
        <bdi>{email}</bdi>
      </Fact>
      {address && (
        <Fact name={t.address} isChangeable={isChangeable}>
          <AddressLines address={address} />
        </Fact>
      )}
      {method && (
        <Fact name={t.delivery} isChangeable={isChangeable}>
          <bdi>{method}</bdi>
        </Fact>
      )}
      {billing && (
        <Fact name={t.billing} isChangeable={isChangeable}>
          <AddressLines address={billing} />
        </Fact>
      )}
    </dl>
  );
}

function Fact({ name, isChangeable, children }: { name: string; isChangeable: boolean; children: ReactNode }) {
  const t = useTexts(closingTexts);
  return (
    <div className="grid grid-cols-[1fr_auto] gap-x-4 py-3 sm:grid-cols-[8rem_1fr_auto]">
      <dt className="text-sm text-muted sm:py-0.5">{name}</dt>
      <dd className="order-2 col-span-2 min-w-0 break-words sm:order-none sm:col-span-1">{children}</dd>
      {isChangeable && (
        <dd>
          <Link
            to="/checkout"
            aria-label={t.changeOf(name)}
            className="-my-2.5 inline-flex min-h-11 items-center text-sm text-brand underline-offset-4 hover:underline"
          >
            {t.change}
          </Link>
        </dd>
      )}
    </div>
  );
}

function AddressLines({ address }: { address: NonNullable<Checkout['shipping_address']> }) {
  const locale = useLocale();
  return addressLines(address, locale).map((line) => (
    <bdi key={line} className="line-clamp-3">
      {line}
    </bdi>
  ));
}
