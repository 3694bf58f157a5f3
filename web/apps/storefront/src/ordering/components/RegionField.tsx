import { useApi } from '@sharestack/api/context.tsx';
import { countryQuery, type SiteCountry } from '@sharestack/api/site.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { TextField } from '@sharestack/ui/TextField.tsx';
import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { addressTexts } from '../addresses/texts.ts';
import { NATIVE_REGIONS } from '../nativeRegions.ts';
import { SelectField } from './SelectField.tsx';

interface Option {
  value: string;
  name: string;
}

interface Props {
  name: string;
  label: string;
  country: string;
  facts: SiteCountry | undefined;
  defaultValue: string;
  autoComplete: string;
  required: boolean;
  className: string;
  problem?: string | undefined;
}

/** Countries whose states people choose from a list, besides those that this shop's prices depend on. */
const LISTED = ['US', 'CA', 'AU'];

/**
 * A state, province or the like: chosen where there is a list, written elsewhere. What was there before the country
 * changed, or before the list came, is taken over.
 */
export function RegionField({
  name,
  label,
  country,
  facts,
  defaultValue,
  autoComplete,
  required,
  className,
  problem,
}: Props) {
  const t = useTexts(addressTexts);
  const latest = useRef(defaultValue);
  const options = useRegions(country, facts);
  const common = {
    name,
    autoComplete,
    required,
    className,
    problem,
    onChange: ({ target }: { target: HTMLInputElement | HTMLSelectElement }) => {
      latest.current = target.value;
    },
  };
  if (!options) {
    return <TextField {...common} label={label} dir="auto" maxLength={100} defaultValue={latest.current} />;
  }
  const chosen = options.find(({ value, name: title }) => [value, title].includes(latest.current));
  const unknown = latest.current && !chosen ? [{ value: latest.current, name: latest.current }] : [];
  return (
    <SelectField {...common} key={country} label={label} defaultValue={chosen?.value ?? latest.current}>
      <option value="">{t.choose}</option>
      {[...unknown, ...options].map(({ value, name: title }) => (
        <option key={value} value={value}>
          {title}
        </option>
      ))}
    </SelectField>
  );
}

/** The regions to choose from; null where they are written, and as long as they are on their way. */
function useRegions(country: string, facts: SiteCountry | undefined): Option[] | null {
  const native = NATIVE_REGIONS[country];
  const isListed = !native && Boolean(facts?.has_regions) && (facts?.needs_region || LISTED.includes(country));
  const { data } = useQuery({ ...countryQuery(useApi(), country), enabled: isListed });
  if (native) return native.map((region) => ({ value: region, name: region }));
  return isListed && data ? data.regions.map(({ code, name }) => ({ value: code, name })) : null;
}
