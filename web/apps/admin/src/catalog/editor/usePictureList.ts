import { useApi } from '@sharestack/api/context.tsx';
import { asProblem } from '@sharestack/api/problem.ts';
import { sendFile } from '@sharestack/api/sendFile.ts';
import { useEffect, useRef, useState } from 'react';
import { chosenPicture, type EditedPicture, fileProblem, moved, processed, storedPictures } from './pictureList.ts';
import { announcePicture, type Product, readMedia } from './queries.ts';

/** Pictures that are edited together and saved together; a file is uploaded as soon as it is chosen. */
export function usePictureList(product: Product) {
  const api = useApi();
  const [pictures, setPictures] = useState(() => storedPictures(product));
  const [isDirty, setDirty] = useState(false);
  const made = useRef<string[]>([]);
  useEffect(() => {
    const urls = made.current;
    return () => {
      for (const url of urls) URL.revokeObjectURL(url);
    };
  }, []);
  const update = (key: string, next: Partial<EditedPicture>) =>
    setPictures((all) => all.map((one) => (one.key === key ? { ...one, ...next } : one)));
  const send = async (key: string, file: File) => {
    update(key, { state: 'sending', share: 0, problem: null });
    try {
      const { media, upload } = await announcePicture(api, file);
      await sendFile(upload, file, (share) => update(key, { share }));
      update(key, { state: 'checking', share: 1 });
      const { status, reason } = await processed(() => readMedia(api, media.id));
      if (status === 'ready') update(key, { state: 'ready', mediaId: media.id });
      else update(key, { state: 'failed', problem: reason ?? 'upload_slow' });
    } catch (error) {
      update(key, { state: 'failed', problem: asProblem(error).code });
    }
  };
  const change = (next: (all: EditedPicture[]) => EditedPicture[]) => {
    setDirty(true);
    setPictures(next);
  };
  return {
    pictures,
    isDirty,
    isUploading: pictures.some(({ state }) => state === 'sending' || state === 'checking'),
    add: (files: readonly File[]) => {
      for (const file of files) {
        const url = URL.createObjectURL(file);
        made.current.push(url);
        const problem = fileProblem(file);
        change((all) => [...all, chosenPicture(file, url, problem)]);
        if (!problem) void send(url, file);
      }
    },
    retry: ({ key, file }: EditedPicture) => file && void send(key, file),
    write: (key: string, alt: string) => {
      setDirty(true);
      update(key, { alt });
    },
    move: (from: number, to: number) => change((all) => moved(all, from, to)),
    remove: (key: string) => change((all) => all.filter((one) => one.key !== key)),
    reset: (stored: Product) => {
      setPictures(storedPictures(stored));
      setDirty(false);
    },
  };
}
