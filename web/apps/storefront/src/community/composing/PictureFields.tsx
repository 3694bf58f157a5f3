import { MOST_MEGABYTES, PICTURE_TYPES } from '@sharestack/api/pictureFiles.ts';
import type { ChosenPicture, usePictures } from '@sharestack/api/usePictures.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { buttonClass } from '@sharestack/ui/Button.tsx';
import { TextField } from '@sharestack/ui/TextField.tsx';
import { ImagePlus, RotateCw, X } from 'lucide-react';
import { useId, useRef } from 'react';
import { composingTexts } from './texts.ts';
import { MOST_PICTURES, type WrittenPicture } from './written.ts';

interface Props {
  chosen: ReturnType<typeof usePictures>;
  written: readonly WrittenPicture[];
  onDescribe: (mediaId: string, alt: string) => void;
}

/** Pictures of a post, each with what is to be seen in it. */
export function PictureFields({ chosen: { pictures, add, retry, remove }, written, onDescribe }: Props) {
  const t = useTexts(composingTexts);
  const id = useId();
  const chooser = useRef<HTMLInputElement>(null);
  const isFull = pictures.length >= MOST_PICTURES;
  return (
    <fieldset aria-describedby={`${id}-hint`}>
      <legend className="sr-only">{t.pictures}</legend>
      <ul className="space-y-3">
        {pictures.map((picture, index) => (
          <li key={picture.key} className="flex gap-3">
            <Preview picture={picture} number={index + 1} />
            <div className="min-w-0 grow">
              {picture.mediaId && (
                <TextField
                  label={t.alt(index + 1)}
                  hint={t.altHint}
                  dir="auto"
                  value={written.find(({ media_id }) => media_id === picture.mediaId)?.alt ?? ''}
                  onChange={({ currentTarget }) => onDescribe(picture.mediaId ?? '', currentTarget.value)}
                />
              )}
              <PictureTools
                picture={picture}
                number={index + 1}
                onRetry={() => retry(picture)}
                onRemove={() => {
                  remove(picture.key);
                  chooser.current?.focus();
                }}
              />
            </div>
          </li>
        ))}
      </ul>
      <label
        className={buttonClass(
          'quiet',
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
      <p id={`${id}-hint`} className="sr-only">
        {t.pictureLimits(MOST_PICTURES, MOST_MEGABYTES)}
      </p>
    </fieldset>
  );
}

function Preview({ picture: { url, state, share, problem }, number }: { picture: ChosenPicture; number: number }) {
  const t = useTexts(composingTexts);
  return (
    <figure className="w-24 shrink-0">
      <img src={url} alt="" className="aspect-square w-full rounded-control bg-sunken object-cover" />
      <figcaption role="status" className={`mt-1 text-xs ${state === 'failed' ? 'text-danger' : 'text-muted'}`}>
        {state === 'sending' && (
          <progress value={share} aria-label={t.sendingPicture(number)} className="h-1.5 w-full accent-brand" />
        )}
        {state === 'checking' && t.checkingPicture}
        {state === 'failed' && (t.pictureProblems[problem ?? ''] ?? t.pictureFailed)}
      </figcaption>
    </figure>
  );
}

interface ToolsProps {
  picture: ChosenPicture;
  number: number;
  onRetry: () => void;
  onRemove: () => void;
}

const TOOL = 'grid size-11 place-items-center rounded-control hover:bg-sunken';

function PictureTools({ picture: { state, file, problem }, number, onRetry, onRemove }: ToolsProps) {
  const t = useTexts(composingTexts);
  // What is no picture, or too large, stays that.
  const canRetry = state === 'failed' && file && problem !== 'type' && problem !== 'size';
  return (
    <div className="flex">
      {canRetry && (
        <button type="button" aria-label={t.retryPicture(number)} onClick={onRetry} className={TOOL}>
          <RotateCw className="size-4" aria-hidden="true" />
        </button>
      )}
      <button type="button" aria-label={t.removePicture(number)} onClick={onRemove} className={TOOL}>
        <X className="size-4" aria-hidden="true" />
      </button>
    </div>
  );
}
