import { useApi } from '@sharestack/api/context.tsx';
import { ApiProblem } from '@sharestack/api/problem.ts';
import { sendFile } from '@sharestack/api/sendFile.ts';
import { announcePicture, processedPicture } from '@sharestack/api/uploads.ts';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { hidePicture, showPicture } from '../queries.ts';
import { useOwnProfile } from './useOwnProfile.ts';

/** What the API takes for a profile (`functions/media/domain/uploads.py`). */
export const PROFILE_TYPES = ['image/jpeg', 'image/png', 'image/webp'];
const MOST_BYTES = 5 * 1024 ** 2;

/** Why a file need not be sent, as a refusal of the API's would say it. */
function refuseFile({ type, size }: File): void {
  if (!PROFILE_TYPES.includes(type)) throw new ApiProblem(422, 'type');
  if (size === 0 || size > MOST_BYTES) throw new ApiProblem(422, 'size');
}

/** A picture is sent, looked at by the API, and shown; or the one that is there is removed. */
export function useProfilePicture() {
  const api = useApi();
  const own = useOwnProfile();
  const [share, setShare] = useState(0);
  const show = useMutation({
    mutationFn: async (file: File) => {
      setShare(0);
      refuseFile(file);
      const { media, upload } = await announcePicture(api, file, 'profile');
      await sendFile(upload, file, setShare);
      const { status } = await processedPicture(api, media.id);
      if (status !== 'ready') throw new ApiProblem(422, status === 'rejected' ? 'rejected' : 'upload_slow');
      return showPicture(api, media.id);
    },
    onSuccess: own.keep,
  });
  const hide = useMutation({
    mutationFn: () => hidePicture(api),
    onSuccess: async () => own.keep(await own.read()),
  });
  return {
    share,
    step: show.isPending ? (share < 1 ? 'sending' : 'checking') : null,
    isHiding: hide.isPending,
    done: show.isSuccess ? 'shown' : hide.isSuccess ? 'removed' : null,
    error: show.error ?? hide.error,
    show: (file: File) => {
      hide.reset();
      show.mutate(file);
    },
    hide: () => {
      show.reset();
      hide.mutate();
    },
  } as const;
}
