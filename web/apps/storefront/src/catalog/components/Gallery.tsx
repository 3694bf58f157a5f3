import { langOf } from '@sharestack/i18n/content.ts';
import { useLocale, useTexts } from '@sharestack/i18n/locale.tsx';
import { Picture } from '@sharestack/ui/Picture.tsx';
import type { Product } from '../queries.ts';
import { texts } from '../texts.ts';

/** All pictures: side by side to be swiped on a phone, below each other on wide screens. No script is needed. */
export function Gallery({ product }: { product: Product }) {
  const t = useTexts(texts);
  const locale = useLocale();
  const { images, name } = product;
  const [first, ...others] = images;
  const alt = (text: string, index: number) => text || (index === 0 ? name : t.pictureOf(name, index + 1));
  const shape = 'w-full shrink-0 snap-center rounded-card';
  return (
    <section
      aria-label={t.pictures}
      className="flex snap-x snap-mandatory gap-3 overflow-x-auto max-md:-mx-4 max-md:px-4 md:grid md:grid-cols-2 md:overflow-visible"
      // A part that scrolls has to be reachable by keyboard
      tabIndex={others.length > 0 ? 0 : undefined}
    >
      <Picture
        picture={first ?? null}
        alt={first ? alt(first.alt, 0) : ''}
        lang={langOf(name, locale)}
        sizes="(min-width: 76rem) 42rem, (min-width: 48rem) 55vw, 92vw"
        first
        className={`${shape} md:col-span-2`}
      />
      {others.map((image, index) => (
        <Picture
          key={image.url}
          picture={image}
          alt={alt(image.alt, index + 1)}
          lang={langOf(name, locale)}
          sizes="(min-width: 76rem) 21rem, (min-width: 48rem) 28vw, 92vw"
          className={shape}
        />
      ))}
    </section>
  );
}
