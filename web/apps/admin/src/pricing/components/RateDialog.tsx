import { useApi } from '@sharestack/api/context.tsx';
import type { Site } from '@sharestack/api/site.ts';
import { ItemDialog } from '@sharestack/console/ItemDialog.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useState } from 'react';
import { createRate, deleteRate, ratesKey, readRate, replaceRate, type ShippingRate } from '../queries.ts';
import { type RateKind, rateFields, rateOf, rateValues } from '../rates.ts';
import { texts } from '../texts.ts';

interface Props {
  zoneId: string;
  /** Null: a new one. */
  rate: ShippingRate | null;
  site: Site;
  onClose: () => void;
}

/** What delivery to a zone costs. The fields follow the kind, and the amounts the currency. */
export function RateDialog({ zoneId, rate, site, onClose }: Props) {
  const t = useTexts(texts);
  const api = useApi();
  const [kind, setKind] = useState<RateKind>(rate?.kind ?? 'flat');
  const [currency, setCurrency] = useState(rate?.currency ?? site.currency);
  const codes = [...new Set([currency, ...site.currencies.map(({ code }) => code)])];
  const shared = {
    fields: rateFields(t, kind, currency, codes),
    changes: [ratesKey(zoneId)],
    words: t.words,
    onChoice: (name: string, value: string) => {
      if (name === 'kind') setKind(value as RateKind);
      if (name === 'currency') setCurrency(value);
    },
    onClose,
  };
  if (!rate) {
    return (
      <ItemDialog
        {...shared}
        title={t.newRate}
        initial={{ kind: 'flat', currency: site.currency, is_active: true }}
        send={async (values) => createRate(api, zoneId, rateOf(t, values))}
      />
    );
  }
  return (
    <ItemDialog
      {...shared}
      title={t.editOf(rate.name)}
      initial={rateValues(rate)}
      version={rate.version}
      send={async (values, version = rate.version) => replaceRate(api, rate, { ...rateOf(t, values), version })}
      reload={async () => {
        const now = await readRate(api, rate);
        return { values: rateValues(now), version: now.version };
      }}
      remove={{ label: t.delete, body: t.deleteBody(rate.name), act: () => deleteRate(api, rate) }}
    />
  );
}
