import type { MediaFile, Product } from './queries.ts';

/** A picture as it is edited: one that the product has, or one that is on its way. */
export interface EditedPicture {
  key: string;
  /** What is shown: the stored address, or the file in this browser. */
  url: string;
  alt: string;
  mediaId: string | null;
  state: 'ready' | 'sending' | 'checking' | 'failed';
  /** Of the file, 0 to 1. */
  share: number;
  problem: string | null;
  file: File | null;
}

export const storedPictures = ({ images }: Pick<Product, 'images'>): EditedPicture[] =>
  images.map(({ url, alt }) => ({
    key: url,
    url,
    alt,
    mediaId: null,
    state: 'ready',
    share: 1,
    problem: null,
    file: null,
  }));

export const chosenPicture = (file: File, url: string, problem: string | null): EditedPicture => ({
  key: url,
  url,
  alt: '',
  mediaId: null,
  state: problem ? 'failed' : 'sending',
  share: 0,
  problem,
  file,
});

/** As the API takes them: those that are uploaded, by what names them. */
export const writtenPictures = (pictures: readonly EditedPicture[]) =>
  pictures
    .filter(({ state }) => state === 'ready')
    .map(({ url, alt, mediaId }) => (mediaId ? { media_id: mediaId, alt } : { url, alt }));

/** The list with one of them at another place. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const rest = list.filter((_, index) => index !== from);
  const one = list[from];
  return one === undefined ? [...list] : [...rest.slice(0, to), one, ...rest.slice(to)];
}

const TYPES = ['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'image/avif'];
const MOST_BYTES = 15 * 1024 * 1024;

export function fileProblem({ type, size }: File): string | null {
  if (!TYPES.includes(type)) return 'wrong_type';
  return size > MOST_BYTES ? 'too_large' : null;
}

const FIRST_LOOK_MS = 700;
const LOOKS = 12;

/** The picture once it was looked at, or as it is after half a minute. */
export async function processed(look: () => Promise<MediaFile>): Promise<MediaFile> {
  let media = await look();
  for (let count = 0; count < LOOKS && (media.status === 'pending' || media.status === 'processing'); count += 1) {
    await new Promise((resolve) => setTimeout(resolve, FIRST_LOOK_MS * (1 + count / 2)));
    media = await look();
  }
  return media;
}
