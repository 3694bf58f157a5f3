import { randomUUID } from 'node:crypto';
import type { Api } from './api.ts';
import { ready } from './system.ts';

/** What addresses of pages are made from. */
export interface Samples {
  category: string;
  product: string;
  productName: string;
  /** An order of the demo's customer. */
  order: string;
  /** An entry of the same person's address book. */
  address: string;
  /** Of what people talk of: a post with comments, who wrote it, and what else has a page. */
  post: string;
  person: string;
  ticker: string;
  hashtag: string;
  group: string;
}

const ADDRESS = {
  name: 'Ada Hughes',
  line1: 'Invalidenstraße 44',
  city: 'Berlin',
  postal_code: '10115',
  country: 'DE',
};

interface Shown {
  slug: string;
  name: string;
  rating_count: number;
  variants: { id: string }[];
  images: unknown[];
}

/** Of what is bought often, what has the most to show: variants, pictures, reviews. */
async function richest(site: Api): Promise<Shown> {
  const { items } = await site.call('GET', '/products?sort=popular&limit=10');
  const products: Shown[] = await Promise.all(
    items.map(({ slug }: { slug: string }) => site.call('GET', `/products/${slug}`)),
  );
  const wealth = ({ variants, images, rating_count }: Shown) => variants.length + images.length + 2 * rating_count;
  return products.reduce((best, one) => (wealth(one) > wealth(best) ? one : best));
}

interface ShownPost {
  id: string;
  author: { username: string };
  entities: { kind: string; symbol?: string; hashtag?: string }[];
  stats: { comments: number };
}

/** The post that is talked of most, and a ticker, a hashtag and a group of the community. */
async function talk(site: Api) {
  const [{ items: posts }, { items: groups }]: [{ items: ShownPost[] }, { items: { slug: string }[] }] =
    await Promise.all([site.call('GET', '/feed?limit=100'), site.call('GET', '/groups?limit=1')]);
  const entities = posts.flatMap((post) => post.entities);
  const post = posts.reduce((best, one) => (one.stats.comments > best.stats.comments ? one : best));
  return {
    post: post.id,
    person: post.author.username,
    ticker: entities.find(({ kind }) => kind === 'ticker')?.symbol ?? '',
    hashtag: entities.find(({ kind }) => kind === 'hashtag')?.hashtag ?? '',
    group: groups[0]?.slug ?? '',
  };
}

/**
 * Of the demo: a category, a product with reviews, an order that is on its way; an address, which is the same however
 * often it is added; and something in the customer's cart.
 */
export async function samples(site: Api): Promise<Samples> {
  const [categories, product] = await Promise.all([site.call('GET', '/categories'), richest(site)]);
  const { email, password } = ready().admin.customer;
  const customer = await site.another().signIn(email, password);
  const orders = await customer.call('GET', '/orders?status=shipped&limit=1');
  const headers = { 'idempotency-key': randomUUID() };
  const { id } = await customer.call('POST', '/users/me/addresses', { body: { address: ADDRESS }, headers });
  const body = { variant_id: product.variants[0]?.id, quantity: 1 };
  const cart = await customer.call('GET', '/cart');
  if (!cart?.items.length) await customer.call('POST', '/cart/items', { body });
  return {
    category: categories.items[0].slug,
    product: product.slug,
    productName: product.name,
    order: orders.items[0].id,
    address: id,
    ...(await talk(site)),
  };
}
