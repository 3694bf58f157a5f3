import { useApi } from '@sharestack/api/context.tsx';
import { namedCountries, type SiteCountry, siteQuery } from '@sharestack/api/site.ts';
import { type Locale, useLocale, useTexts } from '@sharestack/i18n/locale.tsx';
import { TextField } from '@sharestack/ui/TextField.tsx';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { addressTexts } from '../addresses/texts.ts';
import {
  type Address,
  type AddressField,
  type AddressProblems,
  addressFormat,
  requiredFields,
} from '../addressFields.ts';
import { RegionField } from './RegionField.tsx';
import { SelectField } from './SelectField.tsx';

interface Props {
  /** Of the fields' names, where a form has two addresses: `billing_`. */
  prefix?: string;
  /** What the browser fills in, and which countries are offered: those that are delivered to, or all. */
  kind: 'shipping' | 'billing' | 'saved';
  /** What stands there at first. To show another one, give the form another `key`. */
  address?: Partial<Record<AddressField, string | null | undefined>> | undefined;
  country: string;
  problems?: AddressProblems;
}

/**
 * The fields of an address, as its country writes it. They belong to the document: `readAddress(form, prefix)` reads
 * them when they are sent, so a browser that fills them in, or a lost connection, loses nothing.
 */
export function AddressForm({ prefix = '', kind, address = {}, country: first, problems = {} }: Props) {
  const t = useTexts(addressTexts);
  const locale = useLocale();
  const { data: site } = useQuery(siteQuery(useApi()));
  const [country, setCountry] = useState(address.country || first);
  const select = useRef<HTMLSelectElement>(null);
  const countries = useMemo(() => offered(site?.countries ?? [], kind, country, locale), [site, locale, kind, country]);
  const facts = site?.countries.find(({ code }) => code === country);
  const filled = address as Partial<Address>;
  const format = addressFormat(country, filled);
  const required = requiredFields(country, facts);

  // A browser may have chosen another one before the page was alive.
  useEffect(() => {
    if (select.current?.value) setCountry(select.current.value);
  }, []);

  const field = (name: AddressField) => ({
    name: `${prefix}${name}`,
    label: labelOf(t, name, format.labels[name], required.includes(name)),
    autoComplete: completes(kind, name),
    defaultValue: filled[name] ?? '',
    required: required.includes(name),
    problem: problems[name],
  });

  // Siblings in one grid: another order of the same fields moves them, with what was typed.
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <SelectField
        {...field('country')}
        defaultValue={undefined}
        ref={select}
        className={WHOLE_ROW}
        value={country}
        onChange={({ target }) => setCountry(target.value)}
      >
        {countries.map(({ code, name }) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </SelectField>
      {format.rows.flatMap((row) =>
        row.map((name) => {
          const className = row.length === 1 ? WHOLE_ROW : '';
          if (name === 'region') {
            return <RegionField key={name} {...field(name)} className={className} country={country} facts={facts} />;
          }
          const hint = name === 'phone' ? t.hints.phone : undefined;
          return <TextField key={name} {...field(name)} {...LIMITS[name]} className={className} hint={hint} />;
        }),
      )}
      <details
        className={WHOLE_ROW}
        open={Boolean(filled.company || filled.tax_number || problems.company || problems.tax_number)}
      >
        <summary className="inline-flex min-h-11 cursor-pointer items-center text-sm text-brand underline underline-offset-4">
          {t.forCompany}
        </summary>
        <div className="mt-2 grid gap-4 sm:grid-cols-2">
          <TextField {...field('company')} {...LIMITS.company} />
          <TextField {...field('tax_number')} {...LIMITS.tax_number} hint={t.hints.tax_number} />
        </div>
      </details>
    </div>
  );
}

const WHOLE_ROW = 'sm:col-span-2';

const LIMITS: Partial<Record<AddressField, object>> = {
  name: { maxLength: 200, dir: 'auto' },
  company: { maxLength: 200, dir: 'auto' },
  line1: { maxLength: 200, dir: 'auto' },
  line2: { maxLength: 200, dir: 'auto' },
  city: { maxLength: 100, dir: 'auto' },
  postal_code: { maxLength: 20, autoCapitalize: 'characters' },
  phone: { type: 'tel', maxLength: 31 },
  tax_number: { maxLength: 40, autoCapitalize: 'characters' },
};

const TOKENS: Record<AddressField, string> = {
  name: 'name',
  company: 'organization',
  line1: 'address-line1',
  line2: 'address-line2',
  city: 'address-level2',
  region: 'address-level1',
  postal_code: 'postal-code',
  country: 'country',
  phone: 'tel',
  tax_number: 'off',
};

/** What the browser may fill in (HTML, autofill detail tokens). */
function completes(kind: Props['kind'], field: AddressField): string {
  const token = TOKENS[field];
  return kind === 'saved' || token === 'off' ? token : `${kind} ${token}`;
}

type Label = keyof typeof addressTexts.en.fields;

function labelOf(t: typeof addressTexts.en, name: AddressField, own: Label | undefined, isRequired: boolean): string {
  const label = t.fields[own ?? name];
  return isRequired ? label : t.optional(label);
}

/** A country that is chosen already stays, whatever is delivered to: the shop says why it cannot be. */
function offered(countries: readonly SiteCountry[], kind: Props['kind'], chosen: string, locale: Locale) {
  const known = namedCountries(countries, locale).filter(
    ({ code, is_delivered }) => kind !== 'shipping' || is_delivered || code === chosen,
  );
  const name = new Intl.DisplayNames(locale, { type: 'region' }).of(chosen) ?? chosen;
  return known.some(({ code }) => code === chosen) ? known : [{ code: chosen, name }, ...known];
}
