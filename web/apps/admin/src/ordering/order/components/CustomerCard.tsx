import { Card } from '@sharestack/console/Card.tsx';
import { Facts } from '@sharestack/console/Facts.tsx';
import { addressLines } from '@sharestack/i18n/addressLines.ts';
import { useLocale, useTexts } from '@sharestack/i18n/locale.tsx';
import { Can, usePermissions } from '@sharestack/session/context.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Order, PostalAddress } from '../queries.ts';
import { texts } from '../texts.ts';
import { AddressDialog } from './AddressDialog.tsx';

/** Who ordered, and where it goes. */
export function CustomerCard({ order }: { order: Order }) {
  const t = useTexts(texts);
  const [isCorrecting, setCorrecting] = useState(false);
  const { shipping_address, billing_address } = order;
  const isAtHome = order.state === 'open' && order.items.every((item) => item.handed_over_quantity === 0);
  return (
    <Card title={t.customer}>
      <Facts
        facts={[
          [t.email, <bdi key="email">{order.email}</bdi>],
          [t.account, order.user_id ? <Account key="account" id={order.user_id} /> : t.guest],
        ]}
      />
      {order.user_id && (
        <Link
          to="/orders"
          search={{ customer: order.user_id }}
          className="mt-1 inline-flex min-h-11 items-center text-sm text-brand underline-offset-4 hover:underline sm:min-h-8"
        >
          {t.theirOrders}
        </Link>
      )}
      <div className="mt-4 flex flex-wrap items-center justify-between gap-2">
        <h3 className="text-sm font-medium">{t.shippingAddress}</h3>
        {shipping_address && isAtHome && (
          <Can permission="orders:write">
            <Button kind="quiet" className="sm:min-h-8 sm:text-sm" onClick={() => setCorrecting(true)}>
              {t.correct}
            </Button>
          </Can>
        )}
      </div>
      {shipping_address ? (
        <Address address={shipping_address} />
      ) : (
        <p className="text-sm text-muted">{t.nothingToShip}</p>
      )}
      <h3 className="mt-4 text-sm font-medium">{t.billingAddress}</h3>
      {billing_address ? <Address address={billing_address} /> : <p className="text-sm text-muted">{t.sameAddress}</p>}
      {isCorrecting && shipping_address && (
        <AddressDialog order={order} address={shipping_address} onClose={() => setCorrecting(false)} />
      )}
    </Card>
  );
}

/** The way to the person, for who may look at people. */
function Account({ id }: { id: string }) {
  if (!usePermissions().includes('users:read')) return id;
  return (
    <Link to="/customers/$id" params={{ id }} className="text-brand underline underline-offset-4">
      {id}
    </Link>
  );
}

function Address({ address }: { address: PostalAddress }) {
  return (
    <address className="text-sm not-italic">
      {addressLines(address, useLocale()).map((line) => (
        <bdi key={line} className="block break-words">
          {line}
        </bdi>
      ))}
    </address>
  );
}
