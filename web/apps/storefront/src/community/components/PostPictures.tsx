import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Picture } from '@sharestack/ui/Picture.tsx';
import type { PostPicture } from '../queries.ts';
import { texts } from '../texts.ts';

const LOW = 0.8;
const WIDE = 2;

/** One picture in its own proportions, within reason; several as squares. Their places are there before they are. */
export function PostPictures({ media }: { media: readonly PostPicture[] }) {
  const t = useTexts(texts);
  if (media.length === 0) return null;
  const isAlone = media.length === 1;
  return (
    <ul className={`mt-3 grid gap-1.5 ${isAlone ? '' : 'grid-cols-2'}`}>
      {media.map((picture, index) => (
        <li key={picture.media_id}>
          <a href={picture.url}>
            <Picture
              picture={picture}
              alt={picture.alt || t.picture(index + 1)}
              sizes={isAlone ? '(min-width: 48rem) 40rem, 100vw' : '(min-width: 48rem) 20rem, 50vw'}
              ratio={isAlone ? String(proportion(picture)) : '1 / 1'}
              className="rounded-card border border-line"
            />
          </a>
        </li>
      ))}
    </ul>
  );
}

const proportion = ({ width, height }: PostPicture) =>
  width && height ? Math.min(WIDE, Math.max(LOW, width / height)) : 1;
