import { useApi } from '@sharestack/api/context.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useQuery } from '@tanstack/react-query';
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
      </SettingsPart>
      <SettingsPart title={t.eraseTitle} lead={t.eraseLead}>
        <EraseAccount />
      </SettingsPart>
    </SettingsPage>
  );
}
