import { Card } from '@sharestack/console/Card.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Can } from '@sharestack/session/context.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { useState } from 'react';
import type { Order } from '../queries.ts';
import { texts } from '../texts.ts';
import { ShipDialog } from './ShipDialog.tsx';
import { ShipmentRow } from './ShipmentRow.tsx';

/** The parcels of an order, and what is still to leave. */
export function ShipmentsCard({ order }: { order: Order }) {
  const t = useTexts(texts);
  const [isShipping, setShipping] = useState(false);
  if (order.shipments.length === 0 && !order.items.some((item) => item.requires_shipping)) return null;
  const ship = order.moves.includes('shipped') && (
    <Can permission="orders:write">
      <Button className="sm:min-h-9 sm:px-4 sm:text-sm" onClick={() => setShipping(true)}>
        {t.ship}
      </Button>
    </Can>
  );
  return (
    <Card title={t.shipments} aside={ship}>
      {order.shipments.length === 0 ? (
        <p className="text-sm text-muted">{t.noShipments}</p>
      ) : (
        <ul className="divide-y divide-line">
          {order.shipments.map((shipment) => (
            <ShipmentRow key={shipment.id} shipment={shipment} order={order} />
          ))}
        </ul>
      )}
      {isShipping && <ShipDialog order={order} onClose={() => setShipping(false)} />}
    </Card>
  );
}
