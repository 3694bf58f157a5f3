import { type Api, type Schemas, take } from '@sharestack/api/client.ts';
import { cursorPages } from '@sharestack/api/pages.ts';
import { queryOptions } from '@tanstack/react-query';
import type { CouponsSearch, TaxesSearch } from './search.ts';

export type Coupon = Schemas['Coupon'];
export type NewCoupon = Schemas['NewCoupon'];
export type ShippingZone = Schemas['ShippingZone'];
export type NewShippingZone = Schemas['NewShippingZone'];
export type ShippingRate = Schemas['ShippingRate'];
export type NewShippingRate = Schemas['NewShippingRate'];
export type TaxRate = Schemas['TaxRate'];
export type NewTaxRate = Schemas['NewTaxRate'];

export const PAGE_SIZE = 50;
export const COUPONS_KEY = ['coupons'] as const;
export const ZONES_KEY = ['shipping-zones'] as const;
export const TAXES_KEY = ['tax-rates'] as const;
export const ratesKey = (zoneId: string) => ['shipping-rates', zoneId] as const;

export const categoriesQuery = (api: Api) =>
  queryOptions({ queryKey: ['categories', 'tree'], queryFn: () => take(api.GET('/api/v1/categories')) });

export const couponsQuery = (api: Api, { code, active }: CouponsSearch) =>
  cursorPages<Coupon>({
    queryKey: [...COUPONS_KEY, code ?? null, active ?? null],
    fetchPage: (cursor) =>
      take(
        api.GET('/api/v1/admin/coupons', {
          params: {
            query: { code: code ?? null, active: active ? active === 'yes' : null, limit: PAGE_SIZE, cursor },
          },
        }),
      ),
  });

const coupon = (id: string) => ({ params: { path: { coupon_id: id } } });
export const readCoupon = (api: Api, id: string) => take(api.GET('/api/v1/admin/coupons/{coupon_id}', coupon(id)));
export const createCoupon = (api: Api, body: NewCoupon) => take(api.POST('/api/v1/admin/coupons', { body }));
export const replaceCoupon = (api: Api, id: string, body: Schemas['CouponReplacement']) =>
  take(api.PUT('/api/v1/admin/coupons/{coupon_id}', { ...coupon(id), body }));
export const deleteCoupon = (api: Api, id: string) => take(api.DELETE('/api/v1/admin/coupons/{coupon_id}', coupon(id)));

export const zonesQuery = (api: Api) =>
  cursorPages<ShippingZone>({
    queryKey: ZONES_KEY,
    fetchPage: (cursor) =>
      take(api.GET('/api/v1/admin/shipping/zones', { params: { query: { limit: PAGE_SIZE, cursor } } })),
  });

const zone = (id: string) => ({ params: { path: { zone_id: id } } });
export const zoneQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: [...ZONES_KEY, 'one', id],
    queryFn: () => take(api.GET('/api/v1/admin/shipping/zones/{zone_id}', zone(id))),
    staleTime: 0,
  });
export const createZone = (api: Api, body: NewShippingZone) => take(api.POST('/api/v1/admin/shipping/zones', { body }));
export const replaceZone = (api: Api, id: string, body: Schemas['ShippingZoneReplacement']) =>
  take(api.PUT('/api/v1/admin/shipping/zones/{zone_id}', { ...zone(id), body }));
export const deleteZone = (api: Api, id: string) =>
  take(api.DELETE('/api/v1/admin/shipping/zones/{zone_id}', zone(id)));

export const ratesQuery = (api: Api, zoneId: string) =>
  cursorPages<ShippingRate>({
    queryKey: ratesKey(zoneId),
    fetchPage: (cursor) =>
      take(
        api.GET('/api/v1/admin/shipping/zones/{zone_id}/rates', {
          params: { path: { zone_id: zoneId }, query: { limit: PAGE_SIZE, cursor } },
        }),
      ),
  });

const rate = ({ zone_id, id }: Pick<ShippingRate, 'zone_id' | 'id'>) => ({
  params: { path: { zone_id, rate_id: id } },
});
export const readRate = (api: Api, one: ShippingRate) =>
  take(api.GET('/api/v1/admin/shipping/zones/{zone_id}/rates/{rate_id}', rate(one)));
export const createRate = (api: Api, zoneId: string, body: NewShippingRate) =>
  take(api.POST('/api/v1/admin/shipping/zones/{zone_id}/rates', { ...zone(zoneId), body }));
export const replaceRate = (api: Api, one: ShippingRate, body: Schemas['ShippingRateReplacement']) =>
  take(api.PUT('/api/v1/admin/shipping/zones/{zone_id}/rates/{rate_id}', { ...rate(one), body }));
export const deleteRate = (api: Api, one: ShippingRate) =>
  take(api.DELETE('/api/v1/admin/shipping/zones/{zone_id}/rates/{rate_id}', rate(one)));

export const taxesQuery = (api: Api, { country }: TaxesSearch) =>
  cursorPages<TaxRate>({
    queryKey: [...TAXES_KEY, country ?? null],
    fetchPage: (cursor) =>
      take(
        api.GET('/api/v1/admin/tax/rates', {
          params: { query: { country: country ?? null, limit: PAGE_SIZE, cursor } },
        }),
      ),
  });

const tax = (id: string) => ({ params: { path: { tax_rate_id: id } } });
export const readTax = (api: Api, id: string) => take(api.GET('/api/v1/admin/tax/rates/{tax_rate_id}', tax(id)));
export const createTax = (api: Api, body: NewTaxRate) => take(api.POST('/api/v1/admin/tax/rates', { body }));
export const replaceTax = (api: Api, id: string, body: Schemas['TaxRateReplacement']) =>
  take(api.PUT('/api/v1/admin/tax/rates/{tax_rate_id}', { ...tax(id), body }));
export const deleteTax = (api: Api, id: string) => take(api.DELETE('/api/v1/admin/tax/rates/{tax_rate_id}', tax(id)));
