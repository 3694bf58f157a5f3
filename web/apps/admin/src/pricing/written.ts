import { ApiProblem } from '@sharestack/api/problem.ts';
import type { CategoryOption } from '@sharestack/console/categoryOptions.ts';
import type { Values } from '@sharestack/console/field.ts';
import { amountText, minorUnits } from '@sharestack/console/fieldValues.ts';

/** As the API would refuse it. */
export const refused = (field: string, message: string) =>
  new ApiProblem(422, 'validation_failed', { fields: [{ field, message }] });

export const numberOf = (value: Values[string] | undefined) =>
  value === null || value === undefined ? null : Number(value);
export const textOf = (value: Values[string] | undefined) =>
  value === null || value === undefined ? null : String(value);
export const listOf = (value: Values[string] | undefined) => (Array.isArray(value) ? value.map(String) : []);

/** Hundredths of a percent, as people write them. */
export const percentText = (basisPoints: number) => `${Number((basisPoints / 100).toFixed(2))}%`;

export interface Band {
  up_to: number | null;
  amount: number;
}

type Limit = 'grams' | 'amount';

/** Bands as lines: `500 = 4.99`; the last may have no end. */
export const bandLines = (bands: readonly Band[], limit: Limit, currency: string) =>
  bands.map(({ up_to, amount }) => {
    const end = up_to === null ? '' : limit === 'grams' ? String(up_to) : amountText(up_to, currency);
    return `${end} = ${amountText(amount, currency)}`.trim();
  });

/** The bands that the lines say; a line that cannot be read is told by `bad`. */
export function bandsOf(
  lines: readonly string[],
  limit: Limit,
  currency: string,
  bad: (line: string) => Error,
): Band[] {
  return lines.map((line) => {
    const [end = '', price = '', ...more] = line.split('=').map((part) => part.trim());
    const amount = minorUnits(price, currency);
    const whole = /^\d{1,10}$/.test(end) ? Number(end) : null;
    const up_to = end === '' ? null : limit === 'grams' ? whole : minorUnits(end, currency);
    if (amount === null || amount < 0 || more.length > 0 || (end !== '' && up_to === null)) throw bad(line);
    return { up_to, amount };
  });
}

/** Ids of the categories with these slugs; one that is not there is told by `unknown`. */
export const categoryIds = (
  slugs: readonly string[],
  categories: readonly CategoryOption[],
  unknown: (slug: string) => Error,
) =>
  slugs.map((slug) => {
    const found = categories.find((one) => one.slug === slug || one.id === slug);
    if (!found) throw unknown(slug);
    return found.id;
  });

export const categorySlug = (id: string, categories: readonly CategoryOption[]) =>
  categories.find((one) => one.id === id)?.slug ?? id;
