import { useEffect, useRef, useState } from 'react';
import { useApi } from './context.tsx';
import { fileProblem } from './pictureFiles.ts';
import { asProblem } from './problem.ts';
import { sendFile } from './sendFile.ts';
import { announcePicture, type MediaPurpose, processedPicture } from './uploads.ts';

export interface ChosenPicture {
  key: string;
  name: string;
  /** What is shown: of the file in this browser, or of a picture that is there already. */
  url: string;
  /** Where it is served from, once it is ready: what is shown ends with the page. */
  served: string | null;
  state: 'sending' | 'checking' | 'ready' | 'failed';
  /** Of the file, 0 to 1, while it is sent. */
  share: number;
  mediaId: string | null;
  problem: string | null;
  file: File | null;
}

export interface StoredPicture {
  media_id: string | null;
  url: string;
}

const stored = ({ media_id, url }: StoredPicture): ChosenPicture => ({
  key: url,
  name: '',
  url,
  served: url,
  state: 'ready',
  share: 1,
  mediaId: media_id,
  problem: null,
  file: null,
});

interface Options {
  purpose: MediaPurpose;
  most: number;
  before?: readonly StoredPicture[] | undefined;
}

/** Pictures that somebody adds: each is sent as soon as it is chosen, and can be tried again or taken off by itself. */
export function usePictures({ purpose, most, before = [] }: Options) {
  const api = useApi();
  const [pictures, setPictures] = useState<ChosenPicture[]>(() => before.map(stored));
  const objectUrls = useRef<string[]>([]);
  const isHere = useRef(true);
  useEffect(() => {
    isHere.current = true;
    const urls = objectUrls.current;
    return () => {
      isHere.current = false;
      for (const url of urls) URL.revokeObjectURL(url);
    };
  }, []);

  const change = (key: string, next: Partial<ChosenPicture>) => {
    if (isHere.current) setPictures((all) => all.map((one) => (one.key === key ? { ...one, ...next } : one)));
  };
  const send = async (key: string, file: File) => {
    change(key, { state: 'sending', share: 0, problem: null });
    try {
      const { media, upload } = await announcePicture(api, file, purpose);
      await sendFile(upload, file, (share) => change(key, { share }));
      change(key, { state: 'checking', share: 1 });
      const { status, reason, url } = await processedPicture(api, media.id);
      if (status === 'ready') change(key, { state: 'ready', mediaId: media.id, served: url });
      else change(key, { state: 'failed', problem: reason ?? 'upload_slow' });
    } catch (error) {
      change(key, { state: 'failed', problem: asProblem(error).code });
    }
  };
  const add = (files: readonly File[]) => {
    for (const file of files.slice(0, most - pictures.length)) {
      const url = URL.createObjectURL(file);
      objectUrls.current.push(url);
      const refusal = fileProblem(file);
      const picture = { ...stored({ media_id: null, url }), served: null, name: file.name, file };
      setPictures((all) => [...all, { ...picture, state: refusal ? 'failed' : 'sending', problem: refusal }]);
      if (!refusal) void send(url, file);
    }
  };
  return {
    pictures,
    add,
    retry: (picture: ChosenPicture) => picture.file && void send(picture.key, picture.file),
    remove: (key: string) => setPictures((all) => all.filter((one) => one.key !== key)),
    isBusy: pictures.some(({ state }) => state === 'sending' || state === 'checking'),
    ids: pictures.flatMap(({ mediaId }) => mediaId ?? []),
  };
}
