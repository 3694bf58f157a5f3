import { useApi } from '@sharestack/api/context.tsx';
import { EditForm } from '@sharestack/console/EditForm.tsx';
import type { Values } from '@sharestack/console/field.ts';
import { useNotify } from '@sharestack/console/Notices.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Dialog } from '@sharestack/ui/Dialog.tsx';
import { useQueryClient } from '@tanstack/react-query';
import { ORDERS_CHANGE } from '../../queries.ts';
import { type Carrier, changeShipment, orderQuery, type Shipment } from '../queries.ts';
import { texts } from '../texts.ts';
import { carrierField, trackingField } from './shipmentFields.ts';

interface Props {
  shipment: Shipment;
  orderId: string;
  onClose: () => void;
}

/** Corrects who carries a parcel, and under which number. */
export function ShipmentDialog({ shipment, orderId, onClose }: Props) {
  const t = useTexts(texts);
  const api = useApi();
  const client = useQueryClient();
  const notify = useNotify();
  const reload = async () => {
    const { shipments } = await client.fetchQuery({ ...orderQuery(api, orderId), staleTime: 0 });
    const now = shipments.find(({ id }) => id === shipment.id);
    return now ? { values: valuesOf(now), version: now.version } : null;
  };
  return (
    <Dialog title={t.correctShipment} onClose={onClose}>
      <EditForm
        label={t.correctShipment}
        fields={[carrierField(t), { ...trackingField(t), required: shipment.tracking_number !== null }]}
        initial={valuesOf(shipment)}
        version={shipment.version}
        words={t.problems}
        reload={reload}
        send={({ carrier, tracking_number }, { version }) =>
          changeShipment(api, shipment.id, {
            carrier: carrier as Carrier,
            tracking_number: tracking_number as string | null,
            version: version ?? shipment.version,
          })
        }
        onSaved={() => {
          for (const queryKey of ORDERS_CHANGE) void client.invalidateQueries({ queryKey });
          notify(t.correctShipment);
          onClose();
        }}
        onCancel={onClose}
      />
    </Dialog>
  );
}

const valuesOf = ({ carrier, tracking_number }: Shipment): Values => ({ carrier, tracking_number });
