import { useApi } from '@sharestack/api/context.tsx';
import type { Field, Values } from '@sharestack/console/field.ts';
import { ItemDialog } from '@sharestack/console/ItemDialog.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useQueryClient } from '@tanstack/react-query';
import {
  createZone,
  deleteZone,
  type NewShippingZone,
  replaceZone,
  type ShippingZone,
  ZONES_KEY,
  zoneQuery,
} from '../queries.ts';
import { texts } from '../texts.ts';
import { listOf } from '../written.ts';

interface Props {
  /** Null: a new one. */
  zone: ShippingZone | null;
  onClose: () => void;
  onDeleted?: () => void;
}

/** Where a zone is. */
export function ZoneDialog({ zone, onClose, onDeleted }: Props) {
  const t = useTexts(texts);
  const api = useApi();
  const client = useQueryClient();
  const shared = { fields: zoneFields(t), changes: [ZONES_KEY], words: t.words, onClose };
  if (!zone) {
    return (
      <ItemDialog
        {...shared}
        title={t.newZone}
        initial={{ is_active: true }}
        send={(values) => createZone(api, zoneOf(values))}
      />
    );
  }
  return (
    <ItemDialog
      {...shared}
      title={t.editOf(zone.name)}
      initial={zoneValues(zone)}
      version={zone.version}
      send={(values, version = zone.version) => replaceZone(api, zone.id, { ...zoneOf(values), version })}
      reload={async () => {
        const now = await client.fetchQuery(zoneQuery(api, zone.id));
        return { values: zoneValues(now), version: now.version };
      }}
      remove={{
        label: t.delete,
        body: t.deleteBody(zone.name),
        act: async () => {
          await deleteZone(api, zone.id);
          onDeleted?.();
        },
      }}
    />
  );
}

const zoneFields = (t: (typeof texts)['en']): Field[] => [
  { name: 'name', label: t.name, kind: 'text', required: true, maxLength: 100, wide: true },
  { name: 'countries', label: t.countries, kind: 'list', required: true, maxLength: 2, hint: t.countriesHint },
  { name: 'regions', label: t.regions, kind: 'list', maxLength: 100, rows: 2, hint: t.regionsHint },
  { name: 'postal_prefixes', label: t.postal, kind: 'list', maxLength: 20, rows: 2, hint: t.postalHint },
  { name: 'is_active', label: t.isActive, kind: 'check', wide: true },
];

const zoneValues = ({ name, countries, regions, postal_prefixes, is_active }: ShippingZone): Values => ({
  name,
  countries,
  regions,
  postal_prefixes,
  is_active,
});

const zoneOf = (values: Values): NewShippingZone => ({
  name: String(values.name),
  countries: listOf(values.countries).map((code) => code.toUpperCase()),
  regions: listOf(values.regions),
  postal_prefixes: listOf(values.postal_prefixes),
  is_active: values.is_active === true,
});
