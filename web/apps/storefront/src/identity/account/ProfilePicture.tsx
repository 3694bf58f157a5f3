import { asProblem } from '@sharestack/api/problem.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { FormFailure } from '@sharestack/session/forms/FormFailure.tsx';
import { Button, buttonClass } from '@sharestack/ui/Button.tsx';
import { Picture } from '@sharestack/ui/Picture.tsx';
import { ImagePlus, UserRound } from 'lucide-react';
import type { OwnProfile } from '../queries.ts';
import { publicTexts } from './publicTexts.ts';
import { PROFILE_TYPES, useProfilePicture } from './useProfilePicture.ts';

/** The picture beside one's name: shown as soon as it was chosen and looked at. */
export function ProfilePicture({ picture }: { picture: OwnProfile['picture'] }) {
  const t = useTexts(publicTexts);
  const { share, step, isHiding, done, error, show, hide } = useProfilePicture();
  return (
    <div className="mb-6">
      <p className="mb-1.5 text-sm font-medium">{t.picture}</p>
      <div className="flex flex-wrap items-center gap-4">
        {picture ? (
          <Picture picture={picture} alt="" sizes="96px" className="size-24 shrink-0 rounded-full" />
        ) : (
          <span className="grid size-24 shrink-0 place-items-center rounded-full bg-sunken text-muted">
            <UserRound className="size-1/2" strokeWidth={1.75} aria-hidden="true" />
          </span>
        )}
        <div className="flex flex-wrap gap-2">
          <Chooser isDisabled={step !== null} onChoose={show} />
          {picture && (
            <Button kind="quiet" busy={isHiding} onClick={hide}>
              {t.removePicture}
            </Button>
          )}
        </div>
      </div>
      {step === 'sending' && <progress value={share} aria-label={t.sending} className="mt-2 h-2 w-full accent-brand" />}
      <p role="status" className="mt-2 text-sm text-brand empty:hidden">
        {step === 'checking' ? t.checking : done && t[done]}
      </p>
      <FormFailure problem={error ? asProblem(error) : null} words={t.problems} />
    </div>
  );
}

function Chooser({ isDisabled, onChoose }: { isDisabled: boolean; onChoose: (file: File) => void }) {
  const t = useTexts(publicTexts);
  return (
    <div>
      <label
        className={buttonClass(
          'secondary',
          'relative cursor-pointer has-focus-visible:outline-2 has-focus-visible:outline-brand',
        )}
      >
        <ImagePlus className="size-5" aria-hidden="true" />
        {t.choosePicture}
        <input
          type="file"
          accept={PROFILE_TYPES.join(',')}
          disabled={isDisabled}
          className="absolute inset-0 cursor-pointer opacity-0 file:cursor-pointer"
          onChange={({ currentTarget }) => {
            const file = currentTarget.files?.[0];
            if (file) onChoose(file);
            currentTarget.value = '';
          }}
        />
      </label>
      <p className="mt-1 text-sm text-muted">{t.pictureHint}</p>
    </div>
  );
}
