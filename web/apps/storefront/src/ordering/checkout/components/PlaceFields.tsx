import { useApi } from '@sharestack/api/context.tsx';
import { namedCountries, siteQuery } from '@sharestack/api/site.ts';
import { useLocale, useTexts } from '@sharestack/i18n/locale.tsx';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { addressTexts } from '../../addresses/texts.ts';
import type { Address, AddressProblems } from '../../addressFields.ts';
import { RegionField } from '../../components/RegionField.tsx';
import { SelectField } from '../../components/SelectField.tsx';

interface Props {
  prefix: string;
  address: Partial<Address>;
  country: string;
  problems: AddressProblems;
  /** The fields are there, and hold what is proposed. */
  onReady: () => void;
}

/** Where somebody is, as far as taxes depend on it: a country, and its region where the shop needs it. */
export function PlaceFields({ prefix, address, country: first, problems, onReady }: Props) {
  const { fields } = useTexts(addressTexts);
  const locale = useLocale();
  const { data: site } = useQuery(siteQuery(useApi()));
  const [country, setCountry] = useState(address.country || first);
  const countries = useMemo(() => namedCountries(site?.countries ?? [], locale), [site, locale]);
  const facts = countries.find(({ code }) => code === country);
  useEffect(() => onReady(), [onReady]);
  const offered = countries.length > 0 ? countries : [{ code: country, name: country }];
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <SelectField
        label={fields.country}
        name={`${prefix}country`}
        autoComplete="billing country"
        value={country}
        onChange={({ target }) => setCountry(target.value)}
        problem={problems.country}
      >
        {offered.map(({ code, name }) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </SelectField>
      {(facts?.needs_region || problems.region) && (
        <RegionField
          className=""
          name={`${prefix}region`}
          label={fields.region}
          autoComplete="billing address-level1"
          country={country}
          facts={facts}
          defaultValue={address.region ?? ''}
          required
          problem={problems.region}
        />
      )}
    </div>
  );
}
