/** What the API takes (`functions/media/domain/uploads.py`). */
export const PICTURE_TYPES = ['image/jpeg', 'image/png', 'image/webp', 'image/avif', 'image/gif'];
export const MOST_MEGABYTES = 15;

export type FileProblem = 'type' | 'size';

/** Why a file need not be sent: the API would refuse it. */
export function fileProblem(file: { type: string; size: number }): FileProblem | null {
  if (!PICTURE_TYPES.includes(file.type)) return 'type';
  return file.size > MOST_MEGABYTES * 1024 * 1024 || file.size === 0 ? 'size' : null;
}
