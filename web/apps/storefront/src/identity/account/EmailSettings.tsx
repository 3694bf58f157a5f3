import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { CircleCheck } from 'lucide-react';
import { useState } from 'react';
import { VerificationBanner } from '../components/VerificationBanner.tsx';
import type { OwnProfile } from '../queries.ts';
import { EmailForm } from './EmailForm.tsx';
import { pendingEmail } from './pendingEmail.ts';
import { accountTexts } from './texts.ts';

/** The address, whether it is proven, the one that waits for its link to be opened, and the way to another. */
export function EmailSettings({ profile }: { profile: OwnProfile }) {
  const t = useTexts(accountTexts);
  const [asked, setAsked] = useState(() => pendingEmail(profile.id));
  const [isOpen, setOpen] = useState(false);
  const pending = asked === profile.email ? null : asked;
  const isVerified = profile.email_verified_at !== null;
  return (
    <div className="space-y-4">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <bdi className="min-w-0 font-medium break-all">{profile.email}</bdi>
        <span className={`inline-flex items-center gap-1 text-sm ${isVerified ? 'text-brand' : 'text-warn'}`}>
          {isVerified && <CircleCheck className="size-4" aria-hidden="true" />}
          {isVerified ? t.verified : t.notVerified}
        </span>
      </p>
      {!isVerified && <VerificationBanner email={profile.email} />}
      <div role="status">
        {pending && (
          <div className="rounded-card bg-info-soft px-4 py-3 text-sm">
            <p className="font-medium break-words">{t.emailPending(pending)}</p>
            <p className="mt-1 text-muted">{t.emailPendingHow}</p>
          </div>
        )}
      </div>
      {isOpen ? (
        <EmailForm
          userId={profile.id}
          onSent={(email) => {
            setAsked(email);
            setOpen(false);
          }}
        />
      ) : (
        <Button kind="secondary" onClick={() => setOpen(true)}>
          {t.changeEmail}
        </Button>
      )}
    </div>
  );
}
