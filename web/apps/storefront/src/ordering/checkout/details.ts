import type { ApiProblem } from '@sharestack/api/problem.ts';
import type { SiteCountry } from '@sharestack/api/site.ts';
import type { AddressTexts } from '../addresses/texts.ts';
import { type Address, type AddressProblems, addressProblems, missingFields } from '../addressFields.ts';
import type { Draft } from './draft.ts';
import type { NewCheckout, Place } from './queries.ts';
import type { Words } from './texts.ts';

/** What is wrong with the fields, by the part of the page. */
export interface DetailProblems {
  email?: string;
  shipping: AddressProblems;
  billing: AddressProblems;
}

export const NO_PROBLEMS: DetailProblems = { shipping: {}, billing: {} };

/** Who buys, and whether anything is sent to them. */
export interface Buyer {
  isOwn: boolean;
  needsShipping: boolean;
  /** The chosen entry of the address book. */
  saved: Address | null;
}

/** The words that problems are said with. */
export interface ProblemWords {
  checkout: Words;
  address: AddressTexts;
}

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

const typed = (fields: Partial<Address>): Address => ({ name: '', line1: '', city: '', country: '', ...fields });

/** What prices depend on; null as long as there is no country. */
export function placeOf({ shipping }: Draft, { saved }: Pick<Buyer, 'saved'>): Place | null {
  const { country, region, postal_code } = saved ?? shipping;
  return country ? { country, region: region ?? '', postalCode: postal_code ?? '' } : null;
}

export function wishOf(draft: Draft, { isOwn, needsShipping, saved }: Buyer): NewCheckout {
  const { country, region } = draft.shipping;
  return {
    email: isOwn ? null : draft.email.trim(),
    shipping_address: needsShipping ? (saved ?? typed(draft.shipping)) : null,
    billing_address: draft.isBilledElsewhere ? typed(draft.billing) : null,
    ...(needsShipping ? {} : { country: country ?? null, region: region ?? null }),
    shipping_rate_id: needsShipping ? draft.rateId : null,
    accept_changes: false,
  };
}

function emailProblem(email: string, t: Words): Pick<DetailProblems, 'email'> {
  if (EMAIL.test(email)) return {};
  return { email: email ? t.badEmail : t.missing };
}

/** What can be seen to be missing without asking the API; null where nothing is. */
export function missingIn(
  draft: Draft,
  { isOwn, needsShipping, saved }: Buyer,
  { checkout: t, address }: ProblemWords,
  countries: readonly SiteCountry[],
): DetailProblems | null {
  const missing = (fields: Partial<Address>) =>
    missingFields(
      address,
      typed(fields),
      countries.find(({ code }) => code === fields.country),
    );
  const { country } = missing(draft.shipping);
  const place: AddressProblems = country ? { country } : {};
  const found: DetailProblems = {
    ...(isOwn ? {} : emailProblem(draft.email.trim(), t)),
    shipping: saved ? {} : needsShipping ? missing(draft.shipping) : place,
    billing: draft.isBilledElsewhere ? missing(draft.billing) : {},
  };
  return isEmpty(found) ? null : found;
}

/** The fields that the API refused; null where it named none of this page. */
export function refusedIn(problem: ApiProblem, { checkout: t, address }: ProblemWords): DetailProblems | null {
  const names = problem.fields.map(({ field }) => field);
  const place = Object.fromEntries(
    ['country', 'region'].filter((name) => names.includes(`body.${name}`)).map((name) => [name, t.badField]),
  );
  const found: DetailProblems = {
    ...(names.includes('body.email') ? { email: t.badEmail } : {}),
    shipping: { ...addressProblems(address, problem, 'shipping_address'), ...place },
    billing: addressProblems(address, problem, 'billing_address'),
  };
  return isEmpty(found) ? null : found;
}

const isEmpty = ({ email, shipping, billing }: DetailProblems) =>
  !email && Object.keys(shipping).length === 0 && Object.keys(billing).length === 0;
