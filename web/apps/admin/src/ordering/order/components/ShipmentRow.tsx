import { useApi } from '@sharestack/api/context.tsx';
import { Facts } from '@sharestack/console/Facts.tsx';
import { Mark } from '@sharestack/console/Mark.tsx';
import { useAction } from '@sharestack/console/useAction.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Can } from '@sharestack/session/context.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { Moment } from '@sharestack/ui/Moment.tsx';
import { useState } from 'react';
import { ORDERS_CHANGE } from '../../queries.ts';
import { changeShipment, type Order, type Shipment } from '../queries.ts';
import { texts } from '../texts.ts';
import { titleOf } from '../units.ts';
import { ShipmentDialog } from './ShipmentDialog.tsx';

const SMALL = 'sm:min-h-9 sm:px-3 sm:text-sm';

/** A parcel: what is in it, where it is, and what can be said of it. */
export function ShipmentRow({ shipment, order }: { shipment: Shipment; order: Order }) {
  const t = useTexts(texts);
  const api = useApi();
  const [isCorrecting, setCorrecting] = useState(false);
  const deliver = useAction({
    act: () => changeShipment(api, shipment.id, { status: 'delivered', version: shipment.version }),
    changes: ORDERS_CHANGE,
    done: t.markedDelivered,
    words: t.problems,
  });
  const { carrier, tracking_number, tracking_url, delivered_at } = shipment;
  return (
    <li className="space-y-2 py-3 first:pt-0 last:pb-0">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
        <span className="font-medium">{t.carriers[carrier]}</span>
        {tracking_number && <bdi className="break-all">{tracking_number}</bdi>}
        {tracking_url && (
          <a href={tracking_url} target="_blank" rel="noreferrer" className="text-brand underline underline-offset-4">
            {t.track}
          </a>
        )}
        <Mark tone={delivered_at ? 'good' : 'info'}>{delivered_at ? t.delivered : t.onTheWay}</Mark>
      </div>
      <ul className="text-sm">
        {shipment.lines.map(({ order_item_id, quantity }) => (
          <li key={order_item_id} className="break-words">
            {quantity} × <bdi>{nameOf(order, order_item_id)}</bdi>
          </li>
        ))}
      </ul>
      <Facts
        facts={[
          [t.shippedAt, <Moment key="shipped" instant={shipment.shipped_at} />],
          [t.deliveredAt, delivered_at && <Moment instant={delivered_at} />],
        ]}
      />
      <Can permission="orders:write">
        <div className="flex flex-wrap gap-2">
          {!delivered_at && (
            <Button kind="secondary" className={SMALL} busy={deliver.isPending} onClick={() => deliver.run()}>
              {t.markDelivered}
            </Button>
          )}
          <Button kind="quiet" className={SMALL} onClick={() => setCorrecting(true)}>
            {t.correctShipment}
          </Button>
        </div>
      </Can>
      {isCorrecting && <ShipmentDialog shipment={shipment} orderId={order.id} onClose={() => setCorrecting(false)} />}
    </li>
  );
}

function nameOf(order: Order, itemId: string): string {
  const item = order.items.find(({ id }) => id === itemId);
  return item ? titleOf(item) : itemId;
}
