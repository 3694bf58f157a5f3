import { useApi } from '@sharestack/api/context.tsx';
import { ListRoom } from '@sharestack/console/ListRoom.tsx';
import { Mark } from '@sharestack/console/Mark.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { usePermissions } from '@sharestack/session/context.tsx';
import type { Column } from '@sharestack/table/column.ts';
import { useRows } from '@sharestack/table/useRows.ts';
import { Button } from '@sharestack/ui/Button.tsx';
import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { ZoneDialog } from '../components/ZoneDialog.tsx';
import { PAGE_SIZE, type ShippingZone, zonesQuery } from '../queries.ts';
import { texts } from '../texts.ts';

/** Where the shop delivers to. */
export function ShippingPage() {
  const t = useTexts(texts);
  const api = useApi();
  const mayWrite = usePermissions().includes('pricing:write');
  const [isNew, setNew] = useState(false);
  return (
    <>
      <ListRoom
        name="zones"
        title={t.shipping}
        actions={
          mayWrite && (
            <Button className="sm:min-h-10 sm:text-sm" onClick={() => setNew(true)}>
              {t.newZone}
            </Button>
          )
        }
        columns={useMemo(() => columnsOf(t), [t])}
        keyOf={({ id }) => id}
        query={useRows(useMemo(() => zonesQuery(api), [api]))}
        pageSize={PAGE_SIZE}
        empty={{ none: t.noZones }}
      />
      {isNew && <ZoneDialog zone={null} onClose={() => setNew(false)} />}
    </>
  );
}

function columnsOf(t: (typeof texts)['en']): Column<ShippingZone>[] {
  return [
    {
      id: 'name',
      title: t.zone,
      isRowHeader: true,
      cell: ({ id, name }) => (
        <Link to="/shipping/$id" params={{ id }} className="hover:underline">
          <bdi>{name}</bdi>
        </Link>
      ),
      plain: ({ name }) => name,
    },
    {
      id: 'countries',
      title: t.countries,
      className: 'max-w-96 truncate',
      cell: ({ countries, regions }) => [...countries, ...regions].join(', '),
      plain: ({ countries }) => countries.join(' '),
    },
    {
      id: 'state',
      title: t.state,
      cell: ({ is_active }) => <Mark tone={is_active ? 'good' : 'plain'}>{is_active ? t.active : t.inactive}</Mark>,
      plain: ({ is_active }) => (is_active ? t.active : t.inactive),
    },
  ];
}
