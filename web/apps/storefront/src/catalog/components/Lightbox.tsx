import { useTexts } from '@sharestack/i18n/locale.tsx';
import { ChevronLeft, ChevronRight, X } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { Review } from '../queries.ts';
import { texts } from '../texts.ts';

interface Props {
  images: Review['images'];
  author: string;
  first: number;
  onClose: () => void;
}

const CONTROL = 'grid size-12 shrink-0 place-items-center rounded-full bg-paper text-ink hover:text-brand';

/** Pictures as large as the window, one at a time: arrows turn them, Escape and the space around close. */
export function Lightbox({ images, author, first, onClose }: Props) {
  const t = useTexts(texts);
  const dialog = useRef<HTMLDialogElement>(null);
  const [shown, setShown] = useState(first);
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  const turn = (step: number) => setShown((shown + step + images.length) % images.length);
  const onKeyDown = ({ key }: KeyboardEvent) => {
    if (key === 'ArrowLeft') turn(-1);
    if (key === 'ArrowRight') turn(1);
  };
  const image = images[shown];
  const isOne = images.length === 1;
  return (
    <dialog
      ref={dialog}
      aria-label={t.reviewPictures(author)}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onKeyDown={onKeyDown}
      onClick={(event) => event.target === dialog.current && onClose()}
      className="m-auto max-h-none max-w-none bg-transparent p-0 text-ink backdrop:bg-black/80"
    >
      <div className="flex flex-col items-center gap-3 p-3">
        <img
          key={image?.url}
          src={image?.url}
          alt={t.reviewPicture(author, shown + 1)}
          width={image?.width ?? undefined}
          height={image?.height ?? undefined}
          className="h-auto max-h-[calc(100dvh-6rem)] w-auto max-w-[calc(100vw-1.5rem)] rounded-control bg-sunken object-contain"
        />
        <div className="flex items-center gap-3">
          {!isOne && (
            <button type="button" aria-label={t.previousPicture} onClick={() => turn(-1)} className={CONTROL}>
              <ChevronLeft className="size-6" aria-hidden="true" />
            </button>
          )}
          <p role="status" className={isOne ? 'sr-only' : 'rounded-full bg-paper px-3 py-1 text-sm tabular-nums'}>
            {t.pictureCount(shown + 1, images.length)}
          </p>
          {!isOne && (
            <button type="button" aria-label={t.nextPicture} onClick={() => turn(1)} className={CONTROL}>
              <ChevronRight className="size-6" aria-hidden="true" />
            </button>
          )}
          <button type="button" aria-label={t.closePictures} onClick={onClose} className={CONTROL}>
            <X className="size-6" aria-hidden="true" />
          </button>
        </div>
      </div>
    </dialog>
  );
}
