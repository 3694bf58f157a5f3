import { ApiProblem, OFFLINE } from './problem.ts';
import type { components } from './schema.d.ts';

export type UploadForm = components['schemas']['UploadForm'];

/** Straight to storage, with the share that has arrived (`fetch` does not tell it). The file comes last in the form. */
export function sendFile({ url, fields }: UploadForm, file: File, onProgress: (share: number) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    form.append('file', file);
    const request = new XMLHttpRequest();
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onload = () =>
      request.status < 300 ? resolve() : reject(new ApiProblem(request.status, 'upload_refused'));
    request.onerror = () => reject(new ApiProblem(0, OFFLINE));
    request.open('POST', url);
    request.send(form);
  });
}
