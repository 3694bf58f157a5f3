import { useApi } from '@sharestack/api/context.tsx';
import { asProblem } from '@sharestack/api/problem.ts';
import { useLocale, useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { ErrorState } from '@sharestack/ui/ErrorState.tsx';
import { Skeleton } from '@sharestack/ui/Skeleton.tsx';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { FileDown } from 'lucide-react';
import { downloadTexts } from '../downloadTexts.ts';
import { formatSize } from '../formatSize.ts';
import { createDownload, downloadsQuery, keysOfOrder, type OrderAccess, type OrderDownload } from '../queries.ts';
import { ProblemNote } from './ProblemNote.tsx';
import { Section } from './Section.tsx';

/** Files that were bought. */
export function OrderDownloads({ access }: { access: OrderAccess }) {
  const t = useTexts(downloadTexts);
  const { data, error, refetch } = useQuery(downloadsQuery(useApi(), access));
  if (data?.length === 0) return null;
  const problem = error ? asProblem(error) : null;
  return (
    <Section title={t.downloads} className="print:hidden">
      {data ? (
        <ul className="divide-y divide-line rounded-card border border-line bg-surface">
          {data.map((file) => (
            <File key={`${file.order_item_id} ${file.media_id}`} file={file} access={access} />
          ))}
        </ul>
      ) : problem ? (
        <ErrorState
          correlationId={problem.correlationId}
          isOffline={problem.status === 0}
          onRetry={() => void refetch()}
        />
      ) : (
        <Skeleton className="h-20" />
      )}
    </Section>
  );
}

function File({ file, access }: { file: OrderDownload; access: OrderAccess }) {
  const t = useTexts(downloadTexts);
  const locale = useLocale();
  const api = useApi();
  const queryClient = useQueryClient();
  const { mutate, data, isPending, error } = useMutation({
    mutationFn: () => createDownload(api, access, file.media_id),
    onSuccess: ({ url, downloads_left: left }) => {
      queryClient.setQueryData(downloadsQuery(api, access).queryKey, (files) =>
        files?.map((one) => (one.media_id === file.media_id ? { ...one, downloads_left: left } : one)),
      );
      // An attachment: the page stays where it is.
      window.location.assign(url);
    },
    onSettled: () => {
      const [order] = keysOfOrder(access);
      void queryClient.invalidateQueries({ queryKey: [...(order ?? []), 'order'] });
    },
  });
  const isUsedUp = file.downloads_left === 0;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-3 p-4">
      <FileDown className="size-6 shrink-0 text-brand" strokeWidth={1.75} aria-hidden="true" />
      <div className="min-w-0 grow basis-52">
        <p className="line-clamp-2 font-medium break-words" dir="auto">
          {file.file_name}
        </p>
        <p className="text-sm text-muted">
          {formatSize(file.size_bytes, locale)} · {t.downloadsLeft(file.downloads_left)}
        </p>
        <div role="status" className="text-sm text-muted empty:hidden">
          {data && !error && t.downloadStarted}
          {isUsedUp && !data && t.noDownloadsLeft}
        </div>
        <ProblemNote error={error} />
      </div>
      <Button
        kind="secondary"
        disabled={isUsedUp}
        busy={isPending}
        aria-label={t.downloadOf(file.file_name)}
        onClick={() => mutate()}
      >
        {t.download}
      </Button>
    </li>
  );
}
