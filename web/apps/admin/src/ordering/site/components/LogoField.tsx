import type { ChosenPicture, usePictures } from '@sharestack/api/usePictures.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button, buttonClass } from '@sharestack/ui/Button.tsx';
import { ImagePlus } from 'lucide-react';
import { useId, useRef } from 'react';
import { texts } from '../texts.ts';

/** What the API takes of the shop (`functions/media/domain/uploads.py`). */
const TYPES = 'image/jpeg,image/png,image/webp';
/** Sending it again would be refused again. */
const FINAL: readonly (string | null)[] = ['type', 'size', 'validation_failed'];

export function LogoField({ pictures: [picture], add, retry, remove }: ReturnType<typeof usePictures>) {
  const t = useTexts(texts);
  const id = useId();
  const chooser = useRef<HTMLInputElement>(null);
  return (
    <div className="space-y-3">
      {picture ? <Chosen picture={picture} /> : <p className="text-sm text-muted">{t.noLogo}</p>}
      <div className="flex flex-wrap gap-3">
        {!picture && (
          <label
            className={buttonClass(
              'secondary',
              'relative cursor-pointer sm:min-h-10 has-focus-visible:outline-2 has-focus-visible:outline-brand',
            )}
          >
            <ImagePlus className="size-5" aria-hidden="true" />
            {t.chooseLogo}
            <input
              ref={chooser}
              type="file"
              accept={TYPES}
              aria-describedby={`${id}-hint`}
              className="absolute inset-0 cursor-pointer opacity-0 file:cursor-pointer"
              onChange={({ currentTarget }) => {
                add([...(currentTarget.files ?? [])]);
                currentTarget.value = '';
              }}
            />
          </label>
        )}
        {picture?.state === 'failed' && picture.file && !FINAL.includes(picture.problem) && (
          <Button kind="secondary" className="sm:min-h-10" onClick={() => retry(picture)}>
            {t.retryLogo}
          </Button>
        )}
        {picture && (
          <Button kind="secondary" className="sm:min-h-10" onClick={() => remove(picture.key)}>
            {t.removeLogo}
          </Button>
        )}
      </div>
      <p id={`${id}-hint`} className="text-sm text-muted">
        {t.logoHint}
      </p>
    </div>
  );
}

function Chosen({ picture }: { picture: ChosenPicture }) {
  const t = useTexts(texts);
  const { state, problem } = picture;
  return (
    <div>
      <img src={picture.url} alt={t.logo} className="h-16 w-auto max-w-full rounded-control object-contain" />
      <p role="status" className="mt-1 text-sm text-muted empty:hidden">
        {state === 'sending' ? t.sending : state === 'checking' ? t.checking : null}
      </p>
      {state === 'failed' && (
        <p role="alert" className="mt-1 text-sm text-danger">
          {t.logoProblems[problem ?? ''] ?? t.logoFailed}
        </p>
      )}
    </div>
  );
}
