import { useApi } from '@sharestack/api/context.tsx';
import { siteQuery } from '@sharestack/api/site.ts';
import { categoryOptions } from '@sharestack/console/categoryOptions.ts';
import { ListRoom } from '@sharestack/console/ListRoom.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { usePermissions } from '@sharestack/session/context.tsx';
import type { Filter } from '@sharestack/table/FilterBar.tsx';
import { useRows } from '@sharestack/table/useRows.ts';
import { Button } from '@sharestack/ui/Button.tsx';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { CouponDialog } from '../components/CouponDialog.tsx';
import { useCouponColumns } from '../components/couponColumns.tsx';
import { type Coupon, categoriesQuery, couponsQuery, PAGE_SIZE } from '../queries.ts';
import { parseCouponsSearch } from '../search.ts';
import { texts } from '../texts.ts';

/** Coupons, newest first. */
export function CouponsPage() {
  const t = useTexts(texts);
  const api = useApi();
  const search = useSearch({ from: '/coupons' });
  const navigate = useNavigate({ from: '/coupons' });
  const mayWrite = usePermissions().includes('pricing:write');
  const [open, setOpen] = useState<{ coupon: Coupon | null } | null>(null);
  const { data: site } = useQuery(siteQuery(api));
  const { data: tree } = useQuery(categoriesQuery(api));
  const columns = useCouponColumns(mayWrite && site && tree ? (coupon) => setOpen({ coupon }) : null);
  return (
    <>
      <ListRoom
        name="coupons"
        title={t.coupons}
        actions={
          mayWrite && (
            <Button
              disabled={!site || !tree}
              className="sm:min-h-10 sm:text-sm"
              onClick={() => setOpen({ coupon: null })}
            >
              {t.newCoupon}
            </Button>
          )
        }
        filters={filtersOf(t)}
        search={{ ...search }}
        onSearch={(values) => void navigate({ search: parseCouponsSearch(values), resetScroll: false })}
        columns={columns}
        keyOf={({ id }) => id}
        query={useRows(useMemo(() => couponsQuery(api, search), [api, search]))}
        pageSize={PAGE_SIZE}
        empty={{ none: t.noCoupons, noMatch: t.noMatch }}
      />
      {open && site && tree && (
        <CouponDialog
          coupon={open.coupon}
          site={site}
          categories={categoryOptions(tree.items)}
          onClose={() => setOpen(null)}
        />
      )}
    </>
  );
}

const filtersOf = (t: (typeof texts)['en']): Filter[] => [
  { name: 'code', label: t.codeFilter, kind: 'text', maxLength: 40 },
  {
    name: 'active',
    label: t.state,
    kind: 'choice',
    options: [
      { value: 'yes', label: t.active },
      { value: 'no', label: t.inactive },
    ],
  },
];
