import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { ArrowDown, ArrowUp, GripVertical, X } from 'lucide-react';
import { useId } from 'react';
import type { EditedPicture } from './pictureList.ts';
import { texts } from './texts.ts';

interface Props {
  picture: EditedPicture;
  index: number;
  count: number;
  onMove: (to: number) => void;
  /** The one at this index was dropped here. */
  onTake: (from: number) => void;
  onWrite: (alt: string) => void;
  onRemove: () => void;
  onRetry: () => void;
}

const ICON = 'grid size-11 place-items-center rounded-control hover:bg-sunken disabled:opacity-40 sm:size-9';

/** A picture with its text, to be dragged to another place or moved there by two buttons. */
export function PictureRow({ picture, index, count, onMove, onTake, onWrite, onRemove, onRetry }: Props) {
  const t = useTexts(texts);
  const id = useId();
  const place = index + 1;
  return (
    <li
      draggable
      className="flex flex-wrap items-center gap-3 border-t border-line py-3 first:border-t-0"
      onDragStart={(event) => event.dataTransfer.setData('text/x-place', String(index))}
      onDragOver={(event) => event.dataTransfer.types.includes('text/x-place') && event.preventDefault()}
      onDrop={(event) => {
        const from = event.dataTransfer.getData('text/x-place');
        if (from === '') return;
        event.preventDefault();
        event.stopPropagation();
        onTake(Number(from));
      }}
    >
      <GripVertical className="hidden size-4 cursor-grab text-muted sm:block" aria-hidden="true" />
      <img src={picture.url} alt="" className="size-16 rounded-control bg-sunken object-cover" />
      <div className="min-w-40 grow">
        <label htmlFor={id} className="mb-1 block text-sm text-muted">
          {t.alt} {index === 0 && `· ${t.first}`}
        </label>
        <input
          id={id}
          defaultValue={picture.alt}
          maxLength={512}
          autoComplete="off"
          className="min-h-11 w-full rounded-control border border-control bg-surface px-3 text-base sm:min-h-9 sm:text-sm"
          onInput={(event) => onWrite(event.currentTarget.value.trim())}
        />
        <State picture={picture} onRetry={onRetry} />
      </div>
      <div className="flex">
        <button
          type="button"
          className={ICON}
          aria-label={t.moveUp(place)}
          disabled={index === 0}
          onClick={() => onMove(index - 1)}
        >
          <ArrowUp className="size-4" aria-hidden="true" />
        </button>
        <button
          type="button"
          className={ICON}
          aria-label={t.moveDown(place)}
          disabled={place === count}
          onClick={() => onMove(index + 1)}
        >
          <ArrowDown className="size-4" aria-hidden="true" />
        </button>
        <button type="button" className={ICON} aria-label={t.removePicture(place)} onClick={onRemove}>
          <X className="size-4" aria-hidden="true" />
        </button>
      </div>
    </li>
  );
}

function State({ picture, onRetry }: { picture: EditedPicture; onRetry: () => void }) {
  const t = useTexts(texts);
  if (picture.state === 'sending') {
    return (
      <p className="mt-1 flex items-center gap-2 text-sm text-muted">
        <progress value={picture.share} aria-label={t.sending(Math.round(picture.share * 100))} />
        {t.sending(Math.round(picture.share * 100))}
      </p>
    );
  }
  if (picture.state === 'checking') return <p className="mt-1 text-sm text-muted">{t.checking}</p>;
  if (picture.state !== 'failed') return null;
  return (
    <p role="alert" className="mt-1 text-sm text-danger">
      {t.pictureProblems[picture.problem ?? ''] ?? t.pictureFailed}
      {picture.problem !== 'wrong_type' && picture.problem !== 'too_large' && (
        <Button kind="quiet" className="sm:min-h-9" onClick={onRetry}>
          {t.retry}
        </Button>
      )}
    </p>
  );
}
