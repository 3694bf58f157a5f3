import { randomUUID } from 'node:crypto';
import type { Api } from './api.ts';

interface Variant {
  id: string;
}

export interface Goods {
  id: string;
  slug: string;
  name: string;
  variants: [Variant, ...Variant[]];
}

/** A product of the test's own, so that stock and counts are its alone: a cup for $12.50, five in stock. */
export function newProduct(admin: Api, changes: Record<string, unknown> = {}): Promise<Goods> {
  const name = `Celadon cup ${randomUUID().slice(0, 6)}`;
  const variants = [{ price_amount: 1250, stock: 5 }];
  return admin.call('POST', '/admin/products', { body: { name, currency: 'USD', variants, ...changes } });
}
