import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Picture } from '@sharestack/ui/Picture.tsx';
import { lazy, type MouseEvent, Suspense, useState } from 'react';
import type { Review } from '../queries.ts';
import { texts } from '../texts.ts';

const Lightbox = lazy(() => import('./Lightbox.tsx').then((module) => ({ default: module.Lightbox })));

interface Props {
  images: Review['images'];
  author: string;
}

/** Small pictures that open in a larger view; without a script, or in a new tab, each leads to its file. */
export function ReviewPictures({ images, author }: Props) {
  const t = useTexts(texts);
  const [open, setOpen] = useState<number | null>(null);
  if (images.length === 0) return null;
  const show = (event: MouseEvent, index: number) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    setOpen(index);
  };
  return (
    <>
      <ul className="mt-3 flex flex-wrap gap-2">
        {images.map((image, index) => (
          <li key={image.url} className="w-24">
            <a href={image.url} onClick={(event) => show(event, index)} className="block rounded-control">
              <Picture
                picture={image}
                alt={t.reviewPicture(author, index + 1)}
                sizes="6rem"
                className="rounded-control"
              />
            </a>
          </li>
        ))}
      </ul>
      {open !== null && (
        <Suspense fallback={null}>
          <Lightbox images={images} author={author} first={open} onClose={() => setOpen(null)} />
        </Suspense>
      )}
    </>
  );
}
