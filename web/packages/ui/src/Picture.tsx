export interface PictureData {
  url: string;
  width?: number | null;
  height?: number | null;
  variants: readonly { url: string; content_type: string; width: number; height: number }[];
}

interface Props {
  picture: PictureData | null;
  alt: string;
  sizes: string;
  /** The picture that a page is judged by: loaded at once and first. */
  first?: boolean;
  className?: string;
  /** Of the box, so that nothing moves when the picture comes. */
  ratio?: string;
  lang?: string | undefined;
}

function sourcesOf(picture: PictureData): [type: string, srcset: string][] {
  const sets = new Map<string, string[]>();
  for (const { content_type: type, url, width } of picture.variants) {
    sets.set(type, [...(sets.get(type) ?? []), `${url} ${width}w`]);
  }
  const order = (type: string) => ['image/avif', 'image/webp'].indexOf(type) >>> 0;
  return [...sets]
    .map(([type, set]): [string, string] => [type, set.join(', ')])
    .sort((a, b) => order(a[0]) - order(b[0]));
}

/** A picture in a box of fixed proportions; the box stays, tinted, where there is no picture. */
export function Picture({ picture, alt, sizes, first = false, className = '', ratio = '1 / 1', lang }: Props) {
  return (
    <div className={`overflow-hidden bg-sunken ${className}`} style={{ aspectRatio: ratio }}>
      {picture && (
        <picture>
          {sourcesOf(picture).map(([type, srcset]) => (
            <source key={type} type={type} srcSet={srcset} sizes={sizes} />
          ))}
          <img
            src={picture.url}
            alt={alt}
            lang={lang}
            width={picture.width ?? 640}
            height={picture.height ?? 640}
            loading={first ? 'eager' : 'lazy'}
            fetchPriority={first ? 'high' : 'auto'}
            decoding="async"
            className="size-full object-cover"
          />
        </picture>
      )}
    </div>
  );
}
