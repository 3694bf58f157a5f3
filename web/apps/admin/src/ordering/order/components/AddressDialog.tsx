import { useApi } from '@sharestack/api/context.tsx';
import { EditForm } from '@sharestack/console/EditForm.tsx';
import type { Field, Values } from '@sharestack/console/field.ts';
import { useNotify } from '@sharestack/console/Notices.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Dialog } from '@sharestack/ui/Dialog.tsx';
import { useQueryClient } from '@tanstack/react-query';
import { ORDERS_CHANGE } from '../../queries.ts';
import { correctAddress, type Order, orderKey, orderQuery, type PostalAddress } from '../queries.ts';
import { texts } from '../texts.ts';
import { useOrderSaved } from '../useOrderSaved.ts';

interface Props {
  order: Order;
  address: PostalAddress;
  onClose: () => void;
}

/** Corrects where an order goes, within its country and region. */
export function AddressDialog({ order, address, onClose }: Props) {
  const t = useTexts(texts);
  const api = useApi();
  const client = useQueryClient();
  const notify = useNotify();
  const saved = useOrderSaved();
  const reload = async () => {
    const now = await client.fetchQuery({ ...orderQuery(api, order.id), staleTime: 0 });
    return now.shipping_address ? { values: valuesOf(now.shipping_address), version: now.version } : null;
  };
  return (
    <Dialog title={t.correctAddress} onClose={onClose}>
      <p className="mb-4 text-sm text-muted">{t.addressHint}</p>
      <EditForm
        label={t.correctAddress}
        fields={fieldsOf(t)}
        initial={valuesOf(address)}
        version={order.version}
        words={t.problems}
        reload={reload}
        send={(values, { version }) =>
          correctAddress(api, order.id, { ...address, ...addressOf(values) }, version ?? order.version)
        }
        onSaved={(now) => {
          saved(orderKey(order.id), now, ORDERS_CHANGE);
          notify(t.addressCorrected);
          onClose();
        }}
        onCancel={onClose}
      />
    </Dialog>
  );
}

const NAMES = ['name', 'company', 'line1', 'line2', 'city', 'region', 'postal_code', 'phone'] as const;

const valuesOf = (address: PostalAddress): Values =>
  Object.fromEntries(NAMES.map((name) => [name, address[name] ?? null]));

const addressOf = (values: Values) => ({
  ...(values as Record<(typeof NAMES)[number], string | null>),
  name: String(values.name),
  line1: String(values.line1),
  city: String(values.city),
});

const fieldsOf = (t: (typeof texts)['en']): Field[] => [
  { name: 'name', label: t.name, kind: 'text', required: true, maxLength: 200 },
  { name: 'company', label: t.company, kind: 'text', maxLength: 200 },
  { name: 'line1', label: t.line1, kind: 'text', required: true, maxLength: 200, wide: true },
  { name: 'line2', label: t.line2, kind: 'text', maxLength: 200, wide: true },
  { name: 'city', label: t.city, kind: 'text', required: true, maxLength: 100 },
  { name: 'region', label: t.region, kind: 'text', maxLength: 100 },
  { name: 'postal_code', label: t.postalCode, kind: 'text', maxLength: 20 },
  { name: 'phone', label: t.phone, kind: 'text', maxLength: 30 },
];
