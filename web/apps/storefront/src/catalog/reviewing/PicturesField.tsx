import { MOST_MEGABYTES, PICTURE_TYPES } from '@sharestack/api/pictureFiles.ts';
import type { ChosenPicture, usePictures } from '@sharestack/api/usePictures.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { buttonClass } from '@sharestack/ui/Button.tsx';
import { ImagePlus, RotateCw, X } from 'lucide-react';
import { useId, useRef } from 'react';
import { reviewTexts } from './texts.ts';

const ICON_BUTTON = 'grid size-11 place-items-center rounded-full bg-paper/90 text-ink hover:text-brand';

/** Of a review (`functions/catalog/schemas/reviews.py`). */
export const MOST_PICTURES = 5;

export function PicturesField({ pictures, add, retry, remove }: ReturnType<typeof usePictures>) {
  const t = useTexts(reviewTexts);
  const id = useId();
  const chooser = useRef<HTMLInputElement>(null);
  const isFull = pictures.length >= MOST_PICTURES;
  return (
    <fieldset aria-describedby={`${id}-hint`}>
      <legend className="mb-1.5 text-sm font-medium">{t.pictures}</legend>
      {pictures.length > 0 && (
        <ul className="mb-3 grid grid-cols-3 gap-2 sm:grid-cols-5">
          {pictures.map((picture, index) => (
            <li key={picture.key} className="relative">
              <Preview picture={picture} number={index + 1} />
              <div className="absolute top-1 right-1 flex gap-1">
                {picture.state === 'failed' &&
                  picture.file &&
                  picture.problem !== 'type' &&
                  picture.problem !== 'size' && (
                    <button
                      type="button"
                      aria-label={t.retryPicture(index + 1)}
                      onClick={() => retry(picture)}
                      className={ICON_BUTTON}
                    >
                      <RotateCw className="size-4" aria-hidden="true" />
                    </button>
                  )}
                <button
                  type="button"
                  aria-label={t.removePicture(index + 1)}
                  onClick={() => {
                    remove(picture.key);
                    chooser.current?.focus();
                  }}
                  className={ICON_BUTTON}
                >
                  <X className="size-4" aria-hidden="true" />
                </button>
              </div>
            </li>
          ))}
        </ul>
      )}
      <label
        className={buttonClass(
          'secondary',
          `relative has-focus-visible:outline-2 has-focus-visible:outline-brand ${isFull ? 'opacity-60' : 'cursor-pointer'}`,
        )}
      >
        <ImagePlus className="size-5" aria-hidden="true" />
        {t.addPictures}
        <input
          ref={chooser}
          type="file"
          multiple
          accept={PICTURE_TYPES.join(',')}
          disabled={isFull}
          className="absolute inset-0 cursor-pointer opacity-0 file:cursor-pointer"
          onChange={({ currentTarget }) => {
            add([...(currentTarget.files ?? [])]);
            currentTarget.value = '';
          }}
        />
      </label>
      <p id={`${id}-hint`} className="mt-1.5 text-sm text-muted">
        {t.pictureLimits(MOST_PICTURES, MOST_MEGABYTES)}
      </p>
    </fieldset>
  );
}

function Preview({
  picture: { url, name, state, share, problem },
  number,
}: {
  picture: ChosenPicture;
  number: number;
}) {
  const t = useTexts(reviewTexts);
  return (
    <figure>
      <img
        src={url}
        alt={name || t.pictureNumber(number)}
        className={`aspect-square w-full rounded-control bg-sunken object-cover ${state === 'ready' ? '' : 'opacity-60'}`}
      />
      <figcaption
        role="status"
        className={`mt-1 text-xs break-words ${state === 'failed' ? 'text-danger' : 'text-muted'}`}
      >
        {state === 'sending' && (
          <progress value={share} aria-label={t.sendingPicture(number)} className="h-1.5 w-full accent-brand" />
        )}
        {state === 'checking' && t.checkingPicture}
        {state === 'failed' && (t.pictureProblems[problem ?? ''] ?? t.pictureFailed)}
      </figcaption>
    </figure>
  );
}
