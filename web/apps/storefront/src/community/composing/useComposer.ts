import { useApi } from '@sharestack/api/context.tsx';
import { usePictures } from '@sharestack/api/usePictures.ts';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { POSTS_KEY, type Post } from '../queries.ts';
import { useDraft } from '../writing/useDraft.ts';
import { useSending } from '../writing/useSending.tsx';
import { changeDraft, createPost, DRAFTS_KEY } from './queries.ts';
import { bodyOf, type Context, EMPTY, type Fault, faultOf, MOST_PICTURES, type Written, writtenOf } from './written.ts';

export type Ending = { status: 'published' | 'draft' } | { status: 'scheduled'; publish_at: string };

interface Options extends Context {
  /** One's own draft that is gone on with. */
  draft: Post | null;
  onSent: (post: Post) => void;
}

/** A post while it is written: kept in this browser until the API has it, and sent under one key. */
export function useComposer({ draft, quotedId, groupId, onSent }: Options) {
  const api = useApi();
  const queryClient = useQueryClient();
  const place = `post:${draft?.id ?? ''}:${quotedId ?? ''}:${groupId ?? ''}`;
  const { written, write, seal, clear } = useDraft<Written>(place, draft ? writtenOf(draft) : EMPTY);
  const [fault, setFault] = useState<Fault | 'pictures' | null>(null);
  const [ending, setEnding] = useState<Ending>({ status: 'published' });
  const chosen = usePictures({ purpose: 'post', most: MOST_PICTURES, before: written.pictures });
  const [isSent, setSent] = useState(false);
  useWrittenPictures(isSent ? [] : chosen.pictures, written, write);
  const { submit, isSending, error, dialog } = useSending(
    () => {
      const body = { ...bodyOf(written, { quotedId, groupId }), ...ending };
      return draft ? changeDraft(api, draft, body) : createPost(api, seal(body), body);
    },
    (post) => {
      setSent(true);
      clear();
      void queryClient.invalidateQueries({ queryKey: DRAFTS_KEY });
      void queryClient.invalidateQueries({ queryKey: POSTS_KEY, refetchType: 'none' });
      onSent(post);
    },
  );
  const [isDue, setDue] = useState(false);
  // Sent once the way it ends is what the next render has.
  useEffect(() => {
    if (!isDue) return;
    setDue(false);
    void submit();
  });
  const send = (next: Ending) => {
    const wrong = chosen.isBusy ? 'pictures' : faultOf(written, { quotedId, groupId });
    setFault(wrong);
    if (wrong) return;
    setEnding(next);
    setDue(true);
  };
  return { written, write, chosen, fault, send, isSending, error, dialog };
}

type Chosen = ReturnType<typeof usePictures>['pictures'];

/** What is ready of the pictures belongs to what is written, with what was said of it. */
function useWrittenPictures(pictures: Chosen, written: Written, write: (change: Partial<Written>) => void): void {
  const ready = pictures.flatMap(({ mediaId, served }) =>
    mediaId && served ? [{ media_id: mediaId, url: served }] : [],
  );
  const now = ready.map(({ media_id }) => media_id).join();
  const before = written.pictures.map(({ media_id }) => media_id).join();
  useEffect(() => {
    if (now === before) return;
    const altOf = (id: string) => written.pictures.find(({ media_id }) => media_id === id)?.alt ?? '';
    write({ pictures: ready.map((one) => ({ ...one, alt: altOf(one.media_id) })) });
  });
}
