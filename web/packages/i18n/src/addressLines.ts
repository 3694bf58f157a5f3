import type { Locale } from './locale.tsx';

/** As the API has addresses. */
interface Address {
  name: string;
  company?: string | null;
  line1: string;
  line2?: string | null;
  city: string;
  region?: string | null;
  postal_code?: string | null;
  country: string;
  phone?: string | null;
}

/** Countries that write an address from the largest to the smallest, the person last. */
const LARGEST_FIRST = ['CN', 'HK', 'JP', 'KR', 'MO', 'TW'];

const joined = (parts: (string | null | undefined)[], between: string) => parts.filter(Boolean).join(between);

/** An address as it is written where it is. */
export function addressLines(address: Address, locale: Locale): string[] {
  const { name, company, line1, line2, city, region, postal_code: code, phone } = address;
  const country = new Intl.DisplayNames(locale, { type: 'region' }).of(address.country) ?? address.country;
  const lines = LARGEST_FIRST.includes(address.country)
    ? [joined([country, code], ' '), joined([region, city], ' '), joined([line1, line2], ' '), company, name]
    : [name, company, line1, line2, joined([city, region, code], ', '), country];
  return [...lines, phone].filter((line): line is string => Boolean(line));
}
