import { useApi } from '@sharestack/api/context.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { consentsQuery } from '../queries.ts';
import { ConsentHistory } from './ConsentHistory.tsx';
import { ConsentRow } from './ConsentRow.tsx';
import { DataCopies } from './DataCopies.tsx';
import { EraseAccount } from './EraseAccount.tsx';
import { Loaded } from './Loaded.tsx';
import { SettingsPage, SettingsPart } from './SettingsPage.tsx';
import { accountTexts } from './texts.ts';

export function PrivacyPage() {
  const t = useTexts(accountTexts);
  const consents = useQuery(consentsQuery(useApi()));
  return (
    <SettingsPage title={t.privacyTitle} lead={t.privacyLead}>
      <SettingsPart title={t.consentsTitle}>
        <Loaded query={consents} className="h-80">
          {(data) => (
            <>
              <ul className="divide-y divide-line border-y border-line">
                {data.consents.map((consent) => (
                  <ConsentRow key={consent.purpose} consent={consent} />
                ))}
              </ul>
              <ConsentHistory entries={data.history} />
            </>
          )}
        </Loaded>
      </SettingsPart>
      <SettingsPart title={t.copyTitle} lead={t.copyLead}>
        <DataCopies />
        <Link
          to="/account/import"
          search={{}}
          className="mt-3 inline-flex min-h-11 items-center text-brand underline-offset-4 hover:underline"
        >
          {t.bringAlong}
        </Link>
      </SettingsPart>
      <SettingsPart title={t.eraseTitle} lead={t.eraseLead}>
        <EraseAccount />
      </SettingsPart>
    </SettingsPage>
  );
}
