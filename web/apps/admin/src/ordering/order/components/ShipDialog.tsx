import { useApi } from '@sharestack/api/context.tsx';
import { EditForm } from '@sharestack/console/EditForm.tsx';
import type { Field, Values } from '@sharestack/console/field.ts';
import { useNotify } from '@sharestack/console/Notices.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Dialog } from '@sharestack/ui/Dialog.tsx';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ORDERS_CHANGE } from '../../queries.ts';
import { type Carrier, createShipment, type Order, type OrderItem } from '../queries.ts';
import { texts } from '../texts.ts';
import { linesOf, titleOf, unitsField } from '../units.ts';
import { carrierField, trackingField } from './shipmentFields.ts';

/** A parcel that leaves: all that is left, unless fewer units are written. */
export function ShipDialog({ order, onClose }: { order: Order; onClose: () => void }) {
  const t = useTexts(texts);
  const api = useApi();
  const client = useQueryClient();
  const notify = useNotify();
  const [isEmpty, setEmpty] = useState(false);
  const items = order.items.filter((item) => item.requires_shipping && item.remaining_quantity > 0);
  const fields: Field[] = [
    carrierField(t),
    trackingField(t),
    ...items.map((item) => unitsField(item, t.ofLine(titleOf(item), item.remaining_quantity), item.remaining_quantity)),
  ];
  const changed = () => {
    for (const queryKey of ORDERS_CHANGE) void client.invalidateQueries({ queryKey });
  };
  const send = async (values: Values, { key }: { key: string }) => {
    const lines = linesOf(items, values);
    setEmpty(lines.length === 0);
    if (lines.length === 0) return null;
    const carrier = values.carrier as Carrier;
    const tracking_number = values.tracking_number as string | null;
    // Refused or not: what is left may be another now.
    return createShipment(api, order.id, { lines, carrier, tracking_number }, key).finally(changed);
  };
  return (
    <Dialog title={t.shipTitle} onClose={onClose}>
      <EditForm
        key={items.map(leftOf).join()}
        label={t.shipTitle}
        fields={fields}
        initial={{ carrier: 'other', ...Object.fromEntries(items.map((item) => [item.id, item.remaining_quantity])) }}
        action={t.shipButton}
        words={t.problems}
        send={send}
        onSaved={(shipment) => {
          if (!shipment) return;
          notify(t.shipDone);
          onClose();
        }}
        onCancel={onClose}
      >
        <p role="alert" className="text-sm text-danger empty:hidden">
          {isEmpty && t.noUnits}
        </p>
      </EditForm>
    </Dialog>
  );
}

const leftOf = ({ id, remaining_quantity }: OrderItem) => `${id} ${remaining_quantity}`;
