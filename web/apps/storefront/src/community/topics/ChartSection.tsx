import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Skeleton } from '@sharestack/ui/Skeleton.tsx';
import { lazy, Suspense, useEffect, useState } from 'react';
import type { TopicDay } from './queries.ts';
import { topicsTexts } from './texts.ts';

const TopicCharts = lazy(() => import('./TopicCharts.tsx').then((module) => ({ default: module.TopicCharts })));

/** The charts come by themselves, for who opens them: what is read first is the posts. */
export function ChartSection({ days }: { days: readonly TopicDay[] }) {
  const t = useTexts(topicsTexts);
  const [isOpen, setOpen] = useState(false);
  const [isAlive, setAlive] = useState(false);
  useEffect(() => setAlive(true), []);
  // Without scripts there are no charts; the numbers above say the same in short.
  if (!isAlive) return <div className="mt-4 h-11" />;
  return (
    <details className="mt-4" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary className="inline-flex min-h-11 items-center text-brand underline decoration-1 underline-offset-4">
        {t.charts}
      </summary>
      {isOpen && (
        <Suspense fallback={<Skeleton className="mt-3 h-72" />}>
          <div className="mt-3">
            <TopicCharts days={days} />
          </div>
        </Suspense>
      )}
    </details>
  );
}
