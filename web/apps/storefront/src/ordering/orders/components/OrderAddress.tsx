import { addressLines } from '@sharestack/i18n/addressLines.ts';
import { useLocale, useTexts } from '@sharestack/i18n/locale.tsx';
import { hasParcels } from '../orderState.ts';
import type { Order } from '../queries.ts';
import { orderTexts } from '../texts.ts';
import { Section } from './Section.tsx';

type Address = NonNullable<Order['shipping_address']>;

/** Where it is sent, if anything is, and where the invoice goes, if that is elsewhere. */
export function OrderAddress({ order }: { order: Order }) {
  const t = useTexts(orderTexts);
  return (
    <>
      {order.shipping_address && (
        <AddressSection title={hasParcels(order) ? t.address : t.plainAddress} address={order.shipping_address} />
      )}
      {order.billing_address && <AddressSection title={t.billingAddress} address={order.billing_address} />}
    </>
  );
}

function AddressSection({ title, address }: { title: string; address: Address }) {
  const locale = useLocale();
  return (
    <Section title={title}>
      <address className="not-italic">
        {addressLines(address, locale).map((line) => (
          <span key={line} className="line-clamp-3 break-words" dir="auto">
            {line}
          </span>
        ))}
      </address>
    </Section>
  );
}
