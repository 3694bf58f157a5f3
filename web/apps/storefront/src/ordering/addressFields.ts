import type { Schemas } from '@sharestack/api/client.ts';
import type { ApiProblem } from '@sharestack/api/problem.ts';
import type { SiteCountry } from '@sharestack/api/site.ts';
import type { AddressTexts } from './addresses/texts.ts';

/** An address as the API takes it: checkout's two, and an entry of the address book. */
export type Address = Schemas['Address'];
export type AddressField = keyof Address;
/** What is wrong with a field, by its name without the form's prefix. */
export type AddressProblems = Partial<Record<AddressField, string>>;

type Label = keyof AddressTexts['fields'];

interface Format {
  /** Fields that stand beside each other; what a country has no use for is left out. */
  rows: readonly (readonly AddressField[])[];
  /** What is needed besides a name, a street and a city. */
  required: readonly AddressField[];
  labels: Partial<Record<AddressField, Label>>;
}

// biome-ignore format: one line says more
export const ADDRESS_FIELDS: readonly AddressField[] = [
  'country', 'name', 'phone', 'line1', 'line2', 'postal_code', 'city', 'region', 'company', 'tax_number',
];
const ALWAYS: readonly AddressField[] = ['country', 'name', 'line1', 'city'];

const STREET = [['name'], ['line1'], ['line2']] as const;
const ANYWHERE: Format = {
  rows: [...STREET, ['postal_code', 'city'], ['region'], ['phone']],
  required: [],
  labels: {},
};
const EUROPE: Format = {
  rows: [...STREET, ['postal_code', 'city'], ['phone']],
  required: ['postal_code'],
  labels: { city: 'town' },
};
const states = (region: Label): Format => ({
  rows: [...STREET, ['city'], ['region', 'postal_code'], ['phone']],
  required: ['region', 'postal_code'],
  labels: { region },
});
const CITY_STATE: Format = {
  rows: [...STREET, ['city'], ['phone']],
  required: [],
  labels: { city: 'district' },
};

const EUROPEAN = 'AT BE BG CH CZ DE DK EE FI FR GR HR HU IS LI LT LU LV MC NL NO PL PT RO RS SE SI SK';

/** How an address is written, by country: what is asked for, in which order, and under which name. */
const FORMATS: Readonly<Record<string, Format>> = {
  CN: {
    rows: [['name', 'phone'], ['region', 'city'], ['line1'], ['line2'], ['postal_code']],
    required: ['region'],
    labels: { name: 'recipient', region: 'province', line1: 'line1Detailed' },
  },
  JP: {
    rows: [['name'], ['postal_code', 'region'], ['city'], ['line1'], ['line2'], ['phone']],
    required: ['region', 'postal_code'],
    labels: { region: 'prefecture' },
  },
  GB: { ...EUROPE, rows: [...STREET, ['city', 'postal_code'], ['phone']] },
  HK: CITY_STATE,
  MO: CITY_STATE,
  US: states('state'),
  AU: states('state'),
  CA: states('canadianProvince'),
  ...Object.fromEntries(EUROPEAN.split(' ').map((code) => [code, EUROPE])),
};

/** How an address is asked for in a country; `filled` is what it has already, so that nothing is lost unseen. */
export function addressFormat(country: string, filled: Partial<Address> = {}): Format {
  const format = FORMATS[country] ?? ANYWHERE;
  const shown: readonly AddressField[] = ['country', 'company', 'tax_number', ...format.rows.flat()];
  const others = ADDRESS_FIELDS.filter((field) => filled[field] && !shown.includes(field));
  return others.length > 0 ? { ...format, rows: [...format.rows, others] } : format;
}

/** What has to be filled in; `facts` are the shop's, whose prices may depend on a part of the address. */
export function requiredFields(country: string, facts?: SiteCountry): readonly AddressField[] {
  const { required } = addressFormat(country);
  return [
    ...ALWAYS,
    ...required,
    ...(facts?.needs_region ? ['region' as const] : []),
    ...(facts?.needs_postal_code ? ['postal_code' as const] : []),
  ];
}

/** The address that stands in a form, as it is at this moment; what is empty is left out. */
export function readAddress(form: HTMLFormElement, prefix = ''): Address {
  const data = new FormData(form);
  const filled = ADDRESS_FIELDS.flatMap((field) => {
    const value = data.get(`${prefix}${field}`);
    return typeof value === 'string' && value.trim() ? [[field, value.trim()]] : [];
  });
  // Empty strings are what the API would refuse; `missingFields` says so before.
  return { name: '', line1: '', city: '', country: '', ...Object.fromEntries(filled) };
}

/** What is missing of an address, before the API is asked. */
export function missingFields(t: AddressTexts, address: Address, facts?: SiteCountry): AddressProblems {
  const missing = requiredFields(address.country, facts).filter((field) => !address[field]);
  return Object.fromEntries(
    missing.map((field) => [field, field === 'country' || field === 'region' ? t.missingChoice : t.missing]),
  );
}

/** What the API refused of the address that stands at `place` of the body, such as `shipping_address`. */
export function addressProblems(t: AddressTexts, problem: ApiProblem, place: string): AddressProblems {
  const found = problem.fields.flatMap(({ field }) => {
    const name = field.startsWith(`body.${place}.`) ? field.slice(`body.${place}.`.length) : '';
    return ADDRESS_FIELDS.includes(name as AddressField) ? [[name, t.fieldProblems[name] ?? t.checkField]] : [];
  });
  return Object.fromEntries(found);
}

/** After a refusal: the first field that is marked gets the focus. Call it in an effect, once the marks are there. */
export function focusFirstInvalid(form: HTMLFormElement | null): void {
  form?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
}

/** Where somebody probably is: the region of the browser's first language that has one. */
export function likelyCountry(locale: string): string {
  const languages = typeof navigator === 'undefined' ? [] : navigator.languages;
  for (const language of [...languages, locale]) {
    const { region } = new Intl.Locale(language);
    if (region) return region;
  }
  return 'US';
}
