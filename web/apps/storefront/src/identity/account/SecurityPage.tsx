import { useApi } from '@sharestack/api/context.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useQuery } from '@tanstack/react-query';
import { meQuery } from '../queries.ts';
import { EmailSettings } from './EmailSettings.tsx';
import { Loaded } from './Loaded.tsx';
import { PasswordForm } from './PasswordForm.tsx';
import { SessionList } from './SessionList.tsx';
import { SettingsPage, SettingsPart } from './SettingsPage.tsx';
import { accountTexts } from './texts.ts';

export function SecurityPage() {
  const t = useTexts(accountTexts);
  const me = useQuery(meQuery(useApi()));
  return (
    <SettingsPage title={t.securityTitle} lead={t.securityLead}>
      <SettingsPart title={t.emailTitle}>
        <Loaded query={me} className="h-24">
          {(profile) => <EmailSettings profile={profile} />}
        </Loaded>
      </SettingsPart>
      <SettingsPart title={t.passwordTitle} lead={t.passwordLead}>
        <PasswordForm email={me.data?.email ?? ''} />
      </SettingsPart>
      <SettingsPart title={t.sessionsTitle} lead={t.sessionsLead}>
        <SessionList />
      </SettingsPart>
    </SettingsPage>
  );
}
