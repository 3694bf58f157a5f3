import { useApi } from '@sharestack/api/context.tsx';
import { siteQuery } from '@sharestack/api/site.ts';
import { Card } from '@sharestack/console/Card.tsx';
import { Facts } from '@sharestack/console/Facts.tsx';
import { Loaded } from '@sharestack/console/Loaded.tsx';
import { RoomHead } from '@sharestack/console/RoomHead.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { usePermissions } from '@sharestack/session/context.tsx';
import type { Column } from '@sharestack/table/column.ts';
import { DataTable } from '@sharestack/table/DataTable.tsx';
import { listOf } from '@sharestack/table/listOf.ts';
import { useRows } from '@sharestack/table/useRows.ts';
import { Button } from '@sharestack/ui/Button.tsx';
import { Money } from '@sharestack/ui/Money.tsx';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { OpenButton } from '../components/OpenButton.tsx';
import { RateDialog } from '../components/RateDialog.tsx';
import { ZoneDialog } from '../components/ZoneDialog.tsx';
import { PAGE_SIZE, ratesQuery, type ShippingRate, type ShippingZone, zoneQuery } from '../queries.ts';
import { texts } from '../texts.ts';

/** One zone, with what delivery to it costs. */
export function ZonePage() {
  const { id } = useParams({ from: '/shipping/$id' });
  const query = useQuery(zoneQuery(useApi(), id));
  return <Loaded query={query}>{(zone) => <Zone key={zone.id} zone={zone} />}</Loaded>;
}

function Zone({ zone }: { zone: ShippingZone }) {
  const t = useTexts(texts);
  const navigate = useNavigate();
  const mayWrite = usePermissions().includes('pricing:write');
  const [isOpen, setOpen] = useState(false);
  return (
    <div className="space-y-5">
      <RoomHead title={zone.name} back={{ to: '/shipping', label: t.shipping }}>
        {mayWrite && (
          <Button kind="secondary" className="sm:min-h-10 sm:text-sm" onClick={() => setOpen(true)}>
            {t.editOf(zone.name)}
          </Button>
        )}
      </RoomHead>
      <Card title={t.settings}>
        <Facts
          facts={[
            [t.countries, zone.countries.join(', ')],
            [t.regions, zone.regions.join(', ')],
            [t.postal, zone.postal_prefixes.join(', ')],
            [t.state, zone.is_active ? t.active : t.inactive],
          ]}
        />
      </Card>
      <Rates zoneId={zone.id} mayWrite={mayWrite} />
      {isOpen && (
        <ZoneDialog
          zone={zone}
          onClose={() => setOpen(false)}
          onDeleted={() => void navigate({ to: '/shipping', ignoreBlocker: true })}
        />
      )}
    </div>
  );
}

function Rates({ zoneId, mayWrite }: { zoneId: string; mayWrite: boolean }) {
  const t = useTexts(texts);
  const api = useApi();
  const [open, setOpen] = useState<{ rate: ShippingRate | null } | null>(null);
  const { data: site } = useQuery(siteQuery(api));
  const query = useRows(useMemo(() => ratesQuery(api, zoneId), [api, zoneId]));
  const onOpen = mayWrite && site ? (rate: ShippingRate) => setOpen({ rate }) : null;
  return (
    <Card
      title={t.rates}
      aside={
        mayWrite && (
          <Button
            kind="secondary"
            disabled={!site}
            className="sm:min-h-9 sm:text-sm"
            onClick={() => setOpen({ rate: null })}
          >
            {t.newRate}
          </Button>
        )
      }
    >
      <DataTable
        name="rates"
        label={t.rates}
        columns={columnsOf(t, onOpen)}
        keyOf={({ id }) => id}
        list={listOf(query, PAGE_SIZE)}
        error={query.error}
        onRetry={() => void query.refetch()}
        empty={<p className="text-sm text-muted">{t.noRates}</p>}
      />
      {open && site && <RateDialog zoneId={zoneId} rate={open.rate} site={site} onClose={() => setOpen(null)} />}
    </Card>
  );
}

function columnsOf(t: (typeof texts)['en'], onOpen: ((rate: ShippingRate) => void) | null): Column<ShippingRate>[] {
  return [
    {
      id: 'name',
      title: t.name,
      isRowHeader: true,
      cell: (rate) => (
        <OpenButton name={rate.name} label={t.editOf(rate.name)} onOpen={onOpen && (() => onOpen(rate))} />
      ),
    },
    { id: 'kind', title: t.kind, cell: ({ kind }) => t.rateKinds[kind] },
    {
      id: 'price',
      title: t.price,
      align: 'right',
      cell: ({ amount, bands, currency }) => <Money amount={amount ?? bands[0]?.amount ?? 0} currency={currency} />,
    },
    { id: 'state', title: t.state, cell: ({ is_active }) => (is_active ? t.active : t.inactive) },
  ];
}
