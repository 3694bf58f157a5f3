import { EditForm } from '@sharestack/console/EditForm.tsx';
import type { Field, Values } from '@sharestack/console/field.ts';
import { useNotify } from '@sharestack/console/Notices.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useMemo } from 'react';
import type { SiteSettings } from '../queries.ts';
import { texts } from '../texts.ts';
import { useSettings } from '../useSettings.ts';

/** Zones by the names that the API takes; the stored one is among them, whatever this browser knows. */
const zones = (stored: string) => [...new Set(['UTC', stored, ...Intl.supportedValuesOf('timeZone')])].sort();

function fieldsOf(t: (typeof texts)['en'], stored: string): Field[] {
  return [
    { name: 'name', label: t.name, kind: 'text', required: true, maxLength: 80 },
    { name: 'email', label: t.email, kind: 'email', required: true, maxLength: 254, hint: t.emailHint },
    { name: 'phone', label: t.phone, kind: 'text', maxLength: 32 },
    {
      name: 'time_zone',
      label: t.timeZone,
      kind: 'choice',
      required: true,
      hint: t.timeZoneHint,
      options: zones(stored).map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') })),
    },
    { name: 'address', label: t.address, kind: 'lines', rows: 4, maxLength: 500, hint: t.addressHint },
  ];
}

const valuesOf = ({ name, email, phone, address, time_zone }: SiteSettings): Values => ({
  name,
  email,
  phone: phone || null,
  address: address || null,
  time_zone,
});

const written = (values: Values) => ({
  name: String(values.name),
  email: String(values.email),
  phone: String(values.phone ?? ''),
  address: String(values.address ?? ''),
  time_zone: String(values.time_zone),
});

export function ShopForm({ site }: { site: SiteSettings }) {
  const t = useTexts(texts);
  const notify = useNotify();
  const settings = useSettings(site);
  const stored = ({ version, ...saved }: SiteSettings) => ({ values: valuesOf({ version, ...saved }), version });
  const fields = useMemo(() => fieldsOf(t, site.time_zone), [t, site.time_zone]);
  return (
    <EditForm
      label={t.shop}
      fields={fields}
      initial={valuesOf(site)}
      version={site.version}
      send={(values, { version }) => settings.send(written(values), version)}
      reload={async () => stored(await settings.reload())}
      storedOf={stored}
      onSaved={(saved) => {
        settings.onSaved(saved);
        notify(t.saved);
      }}
    />
  );
}
