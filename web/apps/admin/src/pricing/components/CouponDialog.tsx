import { useApi } from '@sharestack/api/context.tsx';
import type { Site } from '@sharestack/api/site.ts';
import type { CategoryOption } from '@sharestack/console/categoryOptions.ts';
import type { Values } from '@sharestack/console/field.ts';
import { ItemDialog } from '@sharestack/console/ItemDialog.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useState } from 'react';
import { type CouponKind, couponFields, couponOf, couponValues } from '../coupons.ts';
import { COUPONS_KEY, type Coupon, createCoupon, deleteCoupon, readCoupon, replaceCoupon } from '../queries.ts';
import { texts } from '../texts.ts';

interface Props {
  /** Null: a new one. */
  coupon: Coupon | null;
  site: Site;
  categories: readonly CategoryOption[];
  onClose: () => void;
}

/** A coupon's terms. The fields follow its kind, and the amounts its currency. */
export function CouponDialog({ coupon, site, categories, onClose }: Props) {
  const t = useTexts(texts);
  const api = useApi();
  const [kind, setKind] = useState<CouponKind>(coupon?.kind ?? 'percentage');
  const [currency, setCurrency] = useState(coupon?.currency ?? '');
  const codes = [
    ...new Set([...(coupon?.currency ? [coupon.currency] : []), ...site.currencies.map(({ code }) => code)]),
  ];
  const shared = {
    fields: couponFields(t, kind, currency, codes),
    changes: [COUPONS_KEY],
    words: t.words,
    onChoice: (name: string, value: string) => {
      if (name === 'kind') setKind(value as CouponKind);
      if (name === 'currency') setCurrency(value);
    },
    onClose,
  };
  const body = async (values: Values) => couponOf(t, values, categories);
  if (!coupon) {
    return (
      <ItemDialog
        {...shared}
        title={t.newCoupon}
        initial={{ kind, is_active: true }}
        send={async (values) => createCoupon(api, await body(values))}
      />
    );
  }
  return (
    <ItemDialog
      {...shared}
      title={t.editOf(coupon.code)}
      initial={couponValues(coupon, categories)}
      version={coupon.version}
      send={async (values, version = coupon.version) =>
        replaceCoupon(api, coupon.id, { ...(await body(values)), version })
      }
      reload={async () => {
        const now = await readCoupon(api, coupon.id);
        return { values: couponValues(now, categories), version: now.version };
      }}
      remove={{ label: t.delete, body: t.deleteBody(coupon.code), act: () => deleteCoupon(api, coupon.id) }}
    />
  );
}
