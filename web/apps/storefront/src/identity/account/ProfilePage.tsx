import { useApi } from '@sharestack/api/context.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { MarketField } from '@sharestack/ui/market/MarketField.tsx';
import { useQuery } from '@tanstack/react-query';
import { meQuery } from '../queries.ts';
import { Loaded } from './Loaded.tsx';
import { ProfileForm } from './ProfileForm.tsx';
import { PublicProfile } from './PublicProfile.tsx';
import { publicTexts } from './publicTexts.ts';
import { SettingsPage, SettingsPart } from './SettingsPage.tsx';
import { accountTexts } from './texts.ts';

export function ProfilePage() {
  const t = useTexts(accountTexts);
  const shown = useTexts(publicTexts);
  const me = useQuery(meQuery(useApi()));
  return (
    <SettingsPage title={t.profileTitle} lead={t.profileLead}>
      <div className="py-8">
        <Loaded query={me} className="h-72 max-w-md">
          {(profile) => <ProfileForm profile={profile} />}
        </Loaded>
      </div>
      {me.data && (
        <SettingsPart title={shown.title} lead={shown.lead}>
          <PublicProfile profile={me.data} />
        </SettingsPart>
      )}
      <SettingsPart title={t.displayTitle}>
        <MarketField />
      </SettingsPart>
    </SettingsPage>
  );
}
