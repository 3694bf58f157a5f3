import { useApi } from '@sharestack/api/context.tsx';
import { siteQuery } from '@sharestack/api/site.ts';
import { Card } from '@sharestack/console/Card.tsx';
import { Loaded } from '@sharestack/console/Loaded.tsx';
import { Mark } from '@sharestack/console/Mark.tsx';
import { ProblemNote } from '@sharestack/console/ProblemNote.tsx';
import { RoomHead } from '@sharestack/console/RoomHead.tsx';
import { useAction } from '@sharestack/console/useAction.ts';
import { useLocale, useTexts } from '@sharestack/i18n/locale.tsx';
import { Button, buttonClass } from '@sharestack/ui/Button.tsx';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { FormEvent } from 'react';
import { CurrencyField } from './CurrencyField.tsx';
import { createExport, exportQuery, type ProductExport } from './queries.ts';
import { texts } from './texts.ts';

/** The products as files: asked for here, written by a worker, fetched here. */
export function ExportPage() {
  const t = useTexts(texts);
  const api = useApi();
  const { id } = useSearch({ from: '/products/export' });
  const navigate = useNavigate({ from: '/products/export' });
  const site = useQuery(siteQuery(api));
  const { run, isPending, error } = useAction({
    act: (currency: string) => createExport(api, currency),
    done: null,
    isShownHere: true,
    onDone: (made) => void navigate({ search: { id: made.id } }),
  });
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    run(String(new FormData(event.currentTarget).get('currency')));
  };
  return (
    <div className="space-y-5">
      <RoomHead title={t.exportTitle} lead={t.exportLead} back={{ to: '/products', label: t.products }} />
      <Loaded query={site}>
        {(data) => (
          <Card title={t.exportTitle}>
            <form onSubmit={onSubmit} className="flex flex-wrap items-end gap-3">
              <CurrencyField label={t.currency} site={data} />
              <Button type="submit" busy={isPending} className="sm:min-h-10">
                {t.startExport}
              </Button>
            </form>
            <ProblemNote error={error} />
          </Card>
        )}
      </Loaded>
      {id && <Written key={id} id={id} />}
    </div>
  );
}

function Written({ id }: { id: string }) {
  const query = useQuery(exportQuery(useApi(), id));
  return <Loaded query={query}>{(data) => <Files made={data} />}</Loaded>;
}

function Files({ made }: { made: ProductExport }) {
  const t = useTexts(texts);
  const locale = useLocale();
  const size = (bytes: number) =>
    new Intl.NumberFormat(locale, { style: 'unit', unit: 'kilobyte', maximumFractionDigits: 0 }).format(
      Math.ceil(bytes / 1000),
    );
  const tone = made.status === 'completed' ? 'good' : made.status === 'failed' ? 'bad' : 'info';
  return (
    <Card
      title={t.files}
      aside={
        <span role="status">
          <Mark tone={tone}>{t.exportStatuses[made.status]}</Mark>
        </span>
      }
    >
      <p className="text-sm text-muted">{t.exported(made.products)}</p>
      {made.status === 'completed' && made.files.length === 0 && <p className="mt-2 text-sm">{t.noProducts}</p>}
      <ul className="mt-3 space-y-2">
        {made.files.map((file, index) => (
          <li key={file.url}>
            <a href={file.url} download className={buttonClass('secondary', 'sm:min-h-10 sm:text-sm')}>
              {t.fileOf(index + 1, file.products, size(file.bytes))}
            </a>
          </li>
        ))}
      </ul>
    </Card>
  );
}
