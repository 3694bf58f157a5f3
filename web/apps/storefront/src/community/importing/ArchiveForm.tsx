import { useLocale, useTexts } from '@sharestack/i18n/locale.tsx';
import { Button, buttonClass } from '@sharestack/ui/Button.tsx';
import { useNavigate } from '@tanstack/react-router';
import { FileArchive } from 'lucide-react';
import { type FormEvent, useId, useState } from 'react';
import { ProblemNote } from '../acting/ProblemNote.tsx';
import { importingTexts } from './texts.ts';
import { type ArchiveFault, archiveFault, useArchive } from './useArchive.ts';

const MEGABYTE = 1024 ** 2;

/** An archive is chosen and sent; its report has an address of its own. */
export function ArchiveForm() {
  const t = useTexts(importingTexts);
  const locale = useLocale();
  const id = useId();
  const navigate = useNavigate();
  const [file, setFile] = useState<File | null>(null);
  const [fault, setFault] = useState<ArchiveFault | null>(null);
  const { share, isSending, error, send } = useArchive(
    (importId) => void navigate({ to: '/account/import', search: { import: importId } }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = archiveFault(file);
    setFault(found);
    if (file && !found && !isSending) send(file);
  };
  const percent = Math.round(share * 100);
  const size = new Intl.NumberFormat(locale, { style: 'unit', unit: 'megabyte', maximumFractionDigits: 1 });
  return (
    <form onSubmit={submit} noValidate className="space-y-3">
      <label
        className={buttonClass(
          'secondary',
          'relative cursor-pointer has-focus-visible:outline-2 has-focus-visible:outline-brand',
        )}
      >
        <FileArchive className="size-5" aria-hidden="true" />
        {t.choose}
        <input
          type="file"
          accept=".zip,.tar,.gz,.tgz,.json"
          disabled={isSending}
          aria-invalid={fault ? true : undefined}
          aria-describedby={`${id}-fault`}
          className="absolute inset-0 cursor-pointer opacity-0 file:cursor-pointer"
          onChange={({ currentTarget }) => {
            const chosen = currentTarget.files?.[0] ?? null;
            setFile(chosen);
            setFault(chosen && archiveFault(chosen));
          }}
        />
      </label>
      {file && (
        <p dir="auto" className="text-sm break-words">
          {t.chosen(file.name, size.format(file.size / MEGABYTE))}
        </p>
      )}
      <p id={`${id}-fault`} role="alert" className="text-sm text-danger empty:hidden">
        {fault && t.faults[fault]}
      </p>
      {isSending && (
        <div>
          <progress value={share} aria-label={t.sending} className="h-2 w-full max-w-md accent-brand" />
          <p className="text-sm text-muted">{t.sent(percent)}</p>
        </div>
      )}
      <ProblemNote error={error} words={t.problems} />
      <Button type="submit" busy={isSending}>
        {isSending ? t.sending : t.begin}
      </Button>
    </form>
  );
}
