import { useApi } from '@sharestack/api/context.tsx';
import { Card } from '@sharestack/console/Card.tsx';
import { useAction } from '@sharestack/console/useAction.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button, buttonClass } from '@sharestack/ui/Button.tsx';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { askForFile, fileQuery, type MetricExport } from '../queries.ts';
import { texts } from '../texts.ts';

const DATASETS = ['daily', 'cohorts', 'sessions'] as const;

/** The figures as files, however many rows they have. */
export function Files({ days }: { days: number }) {
  const t = useTexts(texts);
  const api = useApi();
  const [asked, setAsked] = useState<MetricExport | null>(null);
  const ask = useAction<(typeof DATASETS)[number], MetricExport>({
    act: (dataset) => askForFile(api, dataset, days),
    done: null,
    onDone: setAsked,
  });
  return (
    <Card title={t.files}>
      <div className="flex flex-wrap gap-3">
        {DATASETS.map((dataset) => (
          <Button key={dataset} kind="secondary" busy={ask.isPending} onClick={() => ask.run(dataset)}>
            {t.prepare(t.datasets[dataset])}
          </Button>
        ))}
      </div>
      <div className="mt-4">{asked && <File key={asked.id} id={asked.id} />}</div>
    </Card>
  );
}

function File({ id }: { id: string }) {
  const t = useTexts(texts);
  const { data } = useQuery(fileQuery(useApi(), id));
  return (
    <div role="status" className="flex flex-wrap items-center gap-3 text-sm">
      {data?.status === 'completed' && data.url ? (
        <>
          {t.ready}
          <a href={data.url} download className={buttonClass('primary')}>
            {t.download}
          </a>
        </>
      ) : data?.status === 'failed' ? (
        <span className="text-danger">{t.fileFailed}</span>
      ) : (
        t.preparing
      )}
    </div>
  );
}
