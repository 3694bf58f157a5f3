import { useApi } from '@sharestack/api/context.tsx';
import { sendFile } from '@sharestack/api/sendFile.ts';
import { type Site, siteQuery } from '@sharestack/api/site.ts';
import { Card } from '@sharestack/console/Card.tsx';
import { Loaded } from '@sharestack/console/Loaded.tsx';
import { ProblemNote } from '@sharestack/console/ProblemNote.tsx';
import { RoomHead } from '@sharestack/console/RoomHead.tsx';
import { useAction } from '@sharestack/console/useAction.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button, buttonClass } from '@sharestack/ui/Button.tsx';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { type FormEvent, useId, useState } from 'react';
import { CurrencyField } from './CurrencyField.tsx';
import { ImportReport } from './ImportReport.tsx';
import { createImport } from './queries.ts';
import { texts } from './texts.ts';

const MOST_BYTES = 15 * 1024 * 1024;

/** A file goes up with its progress, and then what became of its rows is here. */
export function ImportPage() {
  const t = useTexts(texts);
  const { id } = useSearch({ from: '/products/import' });
  const site = useQuery(siteQuery(useApi()));
  return (
    <div className="space-y-5">
      <RoomHead title={t.importTitle} lead={t.importLead} back={{ to: '/products', label: t.products }}>
        {id && (
          <Link to="/products/import" className={buttonClass('secondary', 'sm:min-h-10 sm:text-sm')}>
            {t.another}
          </Link>
        )}
      </RoomHead>
      {id ? <ImportReport key={id} id={id} /> : <Loaded query={site}>{(data) => <Upload site={data} />}</Loaded>}
    </div>
  );
}

interface Chosen {
  file: File;
  currency: string;
}

function Upload({ site }: { site: Site }) {
  const t = useTexts(texts);
  const api = useApi();
  const id = useId();
  const navigate = useNavigate({ from: '/products/import' });
  const [share, setShare] = useState(0);
  const [refusal, setRefusal] = useState('');
  const { run, isPending, error } = useAction({
    act: async ({ file, currency }: Chosen) => {
      const { product_import: made, upload } = await createImport(api, file.size, currency);
      await sendFile(upload, file, setShare);
      return made.id;
    },
    done: null,
    isShownHere: true,
    onDone: (made) => void navigate({ search: { id: made } }),
  });
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const currency = String(new FormData(event.currentTarget).get('currency'));
    const file = event.currentTarget.querySelector<HTMLInputElement>('input[type=file]')?.files?.[0];
    const problem = file ? problemOf(t, file) : t.noFile;
    setRefusal(problem);
    if (file && !problem) run({ file, currency });
  };
  const percent = Math.round(share * 100);
  return (
    <Card title={t.file}>
      <form onSubmit={onSubmit} noValidate className="space-y-4">
        <div>
          <label htmlFor={id} className="sr-only">
            {t.file}
          </label>
          <input
            id={id}
            type="file"
            name="file"
            accept=".csv,text/csv"
            aria-invalid={refusal ? true : undefined}
            aria-describedby={`${id}-problem`}
            className="min-h-11 w-full rounded-control border border-control bg-surface p-2 text-sm"
          />
          <p id={`${id}-problem`} role="alert" className="mt-1 text-sm text-danger empty:hidden">
            {refusal}
          </p>
        </div>
        <CurrencyField label={t.currency} site={site} />
        <ProblemNote error={error} words={{ upload_refused: t.uploadRefused }} />
        {isPending && (
          <p role="status" className="flex items-center gap-3 text-sm text-muted">
            <progress value={share} aria-label={t.progress} /> {t.sending(percent)}
          </p>
        )}
        <Button type="submit" busy={isPending} className="sm:min-h-10">
          {t.start}
        </Button>
      </form>
    </Card>
  );
}

function problemOf(t: (typeof texts)['en'], { name, size }: File): string {
  if (!/[.]csv$/i.test(name)) return t.notCsv;
  if (size === 0) return t.empty;
  return size > MOST_BYTES ? t.tooLarge : '';
}
