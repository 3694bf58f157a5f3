import { useApi } from '@sharestack/api/context.tsx';
import { categoryOptions } from '@sharestack/console/categoryOptions.ts';
import { ListRoom } from '@sharestack/console/ListRoom.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { usePermissions } from '@sharestack/session/context.tsx';
import type { Column } from '@sharestack/table/column.ts';
import { useRows } from '@sharestack/table/useRows.ts';
import { Button } from '@sharestack/ui/Button.tsx';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { OpenButton } from '../components/OpenButton.tsx';
import { TaxDialog } from '../components/TaxDialog.tsx';
import { categoriesQuery, PAGE_SIZE, type TaxRate, taxesQuery } from '../queries.ts';
import { parseTaxesSearch } from '../search.ts';
import { texts } from '../texts.ts';
import { percentText } from '../written.ts';

/** What is taxed where. */
export function TaxesPage() {
  const t = useTexts(texts);
  const api = useApi();
  const search = useSearch({ from: '/taxes' });
  const navigate = useNavigate({ from: '/taxes' });
  const mayWrite = usePermissions().includes('pricing:write');
  const [open, setOpen] = useState<{ rate: TaxRate | null } | null>(null);
  const { data: tree } = useQuery(categoriesQuery(api));
  return (
    <>
      <ListRoom
        name="taxes"
        title={t.taxes}
        actions={
          mayWrite && (
            <Button disabled={!tree} className="sm:min-h-10 sm:text-sm" onClick={() => setOpen({ rate: null })}>
              {t.newTax}
            </Button>
          )
        }
        filters={[{ name: 'country', label: t.country, kind: 'text', maxLength: 2 }]}
        search={{ ...search }}
        onSearch={(values) => void navigate({ search: parseTaxesSearch(values), resetScroll: false })}
        columns={columnsOf(t, mayWrite && tree ? (rate) => setOpen({ rate }) : null)}
        keyOf={({ id }) => id}
        query={useRows(useMemo(() => taxesQuery(api, search), [api, search]))}
        pageSize={PAGE_SIZE}
        empty={{ none: t.noTaxes, noMatch: t.noTaxMatch }}
      />
      {open && tree && (
        <TaxDialog rate={open.rate} categories={categoryOptions(tree.items)} onClose={() => setOpen(null)} />
      )}
    </>
  );
}

function columnsOf(t: (typeof texts)['en'], onOpen: ((rate: TaxRate) => void) | null): Column<TaxRate>[] {
  return [
    {
      id: 'name',
      title: t.name,
      isRowHeader: true,
      cell: (rate) => (
        <OpenButton name={rate.name} label={t.editOf(rate.name)} onOpen={onOpen && (() => onOpen(rate))} />
      ),
      plain: ({ name }) => name,
    },
    {
      id: 'place',
      title: t.place,
      cell: ({ country, region }) => [country, region].filter(Boolean).join(', '),
      plain: ({ country, region }) => [country, region].filter(Boolean).join(', '),
    },
    {
      id: 'rate',
      title: t.rateOf,
      align: 'right',
      cell: ({ rate_basis_points }) => percentText(rate_basis_points),
      plain: ({ rate_basis_points }) => rate_basis_points / 100,
    },
    {
      id: 'state',
      title: t.state,
      cell: ({ is_active }) => (is_active ? t.active : t.inactive),
      plain: ({ is_active }) => (is_active ? t.active : t.inactive),
    },
  ];
}
