import { useApi } from '@sharestack/api/context.tsx';
import { asProblem } from '@sharestack/api/problem.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { Dialog, useTypedBeforeClose } from '@sharestack/ui/Dialog.tsx';
import { TextArea } from '@sharestack/ui/TextArea.tsx';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { type ReportReason, type ReportTarget, sendReport } from './queries.ts';
import { REASONS } from './reasons.ts';
import { reportTexts } from './texts.ts';

interface Props {
  target: ReportTarget;
  onClose: () => void;
}

/** Tells moderators of something, with a reason. */
export function ReportDialog({ target, onClose }: Props) {
  const t = useTexts(reportTexts);
  const api = useApi();
  const send = useMutation({
    mutationFn: ({ reason, text }: { reason: ReportReason; text: string }) => sendReport(api, { target, reason, text }),
  });
  return (
    <Dialog title={t.title} onClose={onClose}>
      {send.isSuccess ? (
        <div role="status">
          <p>{t.done}</p>
          <Button className="mt-5" onClick={onClose}>
            {t.close}
          </Button>
        </div>
      ) : (
        <ReportForm isPending={send.isPending} error={send.error} onSubmit={send.mutate} onCancel={onClose} />
      )}
    </Dialog>
  );
}

interface FormProps {
  isPending: boolean;
  error: unknown;
  onSubmit: (report: { reason: ReportReason; text: string }) => void;
  onCancel: () => void;
}

function ReportForm({ isPending, error, onSubmit, onCancel }: FormProps) {
  const t = useTexts(reportTexts);
  const form = useRef<HTMLFormElement>(null);
  const [isMissing, setMissing] = useState(false);
  useTypedBeforeClose(form);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const reason = REASONS.find((one) => one === fields.get('reason'));
    setMissing(!reason);
    if (reason && !isPending) onSubmit({ reason, text: String(fields.get('text') ?? '').trim() });
  };
  return (
    <form ref={form} onSubmit={submit} noValidate>
      <p className="text-muted">{t.lead}</p>
      <fieldset className="mt-4">
        <legend className="text-sm font-medium">{t.reason}</legend>
        <div className="mt-1 grid gap-x-4 sm:grid-cols-2">
          {REASONS.map((reason) => (
            <label key={reason} className="flex min-h-11 items-center gap-3">
              <input type="radio" name="reason" value={reason} className="size-5 shrink-0 accent-brand" />
              {t.reasons[reason]}
            </label>
          ))}
        </div>
      </fieldset>
      <div className="mt-3">
        <TextArea label={t.details} hint={t.detailsHint} name="text" dir="auto" rows={3} maxLength={2000} />
      </div>
      <p role="alert" className="mt-2 text-sm text-danger empty:hidden">
        {isMissing ? t.missing : error ? problemText(t, error) : null}
      </p>
      <div className="mt-4 flex flex-wrap gap-3">
        <Button type="submit" busy={isPending}>
          {isPending ? t.sending : t.send}
        </Button>
        <Button kind="secondary" onClick={onCancel}>
          {t.cancel}
        </Button>
      </div>
    </form>
  );
}

function problemText(t: (typeof reportTexts)['en'], error: unknown): string {
  const { status, code } = asProblem(error);
  if (status === 0) return t.offline;
  return t.problems[status === 401 ? 'unauthorized' : code] ?? t.failed;
}
