import { useApi } from '@sharestack/api/context.tsx';
import { asProblem } from '@sharestack/api/problem.ts';
import { sendFile } from '@sharestack/api/sendFile.ts';
import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { announceArchive, type PostImportUpload } from './queries.ts';

const MOST_BYTES = 200 * 1024 ** 2;

export type ArchiveFault = 'empty' | 'size' | 'none';

/** Why a file need not be sent: the API would refuse it. */
export function archiveFault(file: File | null): ArchiveFault | null {
  if (!file) return 'none';
  if (file.size === 0) return 'empty';
  return file.size > MOST_BYTES ? 'size' : null;
}

/** Announces an archive and sends it. After a broken upload the same file goes by the same form, as one import. */
export function useArchive(onSent: (importId: string) => void) {
  const api = useApi();
  const [share, setShare] = useState(0);
  const announced = useRef<{ file: File; answer: PostImportUpload } | null>(null);
  const { mutate, isPending, error } = useMutation({
    mutationFn: async (file: File) => {
      setShare(0);
      if (announced.current?.file !== file) {
        announced.current = { file, answer: await announceArchive(api, file.size) };
      }
      const { post_import: postImport, upload } = announced.current.answer;
      await sendFile(upload, file, setShare);
      return postImport.id;
    },
    onSuccess: onSent,
    onError: (failure) => {
      // Forms are good for minutes: the next try gets another.
      if (asProblem(failure).code === 'upload_refused') announced.current = null;
    },
  });
  return { share, isSending: isPending, error, send: mutate };
}
