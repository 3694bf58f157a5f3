import { useTexts } from '@sharestack/i18n/locale.tsx';
import { buttonClass } from '@sharestack/ui/Button.tsx';
import { Link } from '@tanstack/react-router';
import type { OwnProfile } from '../queries.ts';
import { ProfilePicture } from './ProfilePicture.tsx';
import { PublicProfileForm } from './PublicProfileForm.tsx';
import { publicTexts } from './publicTexts.ts';

/** What others see of somebody; without a username there is nothing of it yet. */
export function PublicProfile({ profile }: { profile: OwnProfile }) {
  const t = useTexts(publicTexts);
  if (!profile.username) {
    return (
      <>
        <p>{t.noName}</p>
        <Link to="/welcome" className={buttonClass('secondary', 'mt-4')}>
          {t.chooseName}
        </Link>
      </>
    );
  }
  return (
    <>
      <ProfilePicture picture={profile.picture} />
      <PublicProfileForm profile={profile} />
      <Link
        to="/@{$name}"
        params={{ name: profile.username }}
        className="mt-4 inline-flex min-h-11 items-center text-brand underline-offset-4 hover:underline"
      >
        {t.seeOwn}
      </Link>
    </>
  );
}
