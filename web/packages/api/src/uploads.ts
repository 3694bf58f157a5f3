import { type Api, type Schemas, take } from './client.ts';

export type MediaFile = Schemas['MediaFile'];
export type MediaPurpose = Schemas['MediaPurpose'];

/** Announces a picture; the answer has the form that takes it to storage. */
export const announcePicture = (api: Api, file: File, purpose: MediaPurpose) =>
  take(
    api.POST('/api/v1/media/uploads', {
      body: {
        filename: file.name.slice(-255) || 'picture',
        content_type: file.type as Schemas['NewMediaUpload']['content_type'],
        size: file.size,
        purpose,
      },
    }),
  );

const FIRST_LOOK_MS = 700;
const LOOKS = 12;

/** The picture once it was looked at: `ready` or `rejected`, or as it is after half a minute. */
export async function processedPicture(api: Api, mediaId: string): Promise<MediaFile> {
  const look = () => take(api.GET('/api/v1/media/{media_id}', { params: { path: { media_id: mediaId } } }));
  let media = await look();
  for (let count = 0; count < LOOKS && (media.status === 'pending' || media.status === 'processing'); count += 1) {
    await new Promise((resolve) => setTimeout(resolve, FIRST_LOOK_MS * (1 + count / 2)));
    media = await look();
  }
  return media;
}
