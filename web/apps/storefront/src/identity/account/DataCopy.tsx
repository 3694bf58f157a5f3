import { useApi } from '@sharestack/api/context.tsx';
import { useLocale, useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { Day } from '@sharestack/ui/Day.tsx';
import { Moment } from '@sharestack/ui/Moment.tsx';
import { useMutation } from '@tanstack/react-query';
import { type DataExport, freshExport } from '../queries.ts';
import { fileSize } from './fileSize.ts';
import { accountTexts } from './texts.ts';

/** One copy: how far it is, and the file once it is there. A link is good for minutes, so it is got when it is used. */
export function DataCopy({ copy }: { copy: DataExport }) {
  const t = useTexts(accountTexts);
  const locale = useLocale();
  const api = useApi();
  const { mutate, isPending, error } = useMutation({
    mutationFn: async () => {
      const { url } = await freshExport(api, copy.id);
      if (!url) throw new Error('the copy has expired meanwhile');
      window.open(url, '_self');
    },
  });
  const words = {
    pending: t.copyPending,
    completed: t.copyReady(fileSize(copy.bytes ?? 0, locale)),
    failed: t.copyFailed,
    expired: t.copyExpired,
  };
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-4">
      <div className="min-w-0 flex-1 basis-60">
        <p role="status">{words[copy.status]}</p>
        <p className="mt-0.5 text-sm text-muted">
          {t.copyOf} <Moment instant={copy.created_at} />
          {copy.status === 'completed' && copy.expires_at && (
            <>
              {' · '}
              {t.copyUntil} <Day instant={copy.expires_at} />
            </>
          )}
        </p>
        <p role="alert" className="text-sm text-danger empty:hidden">
          {error && t.downloadFailed}
        </p>
      </div>
      {copy.status === 'completed' && (
        <Button busy={isPending} onClick={() => mutate()}>
          {t.download}
        </Button>
      )}
    </li>
  );
}
