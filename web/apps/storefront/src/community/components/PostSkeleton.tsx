import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Skeleton } from '@sharestack/ui/Skeleton.tsx';
import { texts } from '../texts.ts';

/** Posts that are on their way, as high as most of them are. */
export function PostSkeleton({ count = 4 }: { count?: number }) {
  const t = useTexts(texts);
  return (
    <div role="status" className="divide-y divide-line">
      <p className="sr-only">{t.loading}</p>
      {Array.from({ length: count }, (_, row) => `row ${row}`).map((row) => (
        <div key={row} className="flex gap-3 py-5">
          <Skeleton className="size-11 shrink-0 rounded-full" />
          <div className="grow space-y-2">
            <Skeleton className="h-5 w-48 max-w-full" />
            <Skeleton className="h-16" />
            <Skeleton className="h-8 w-64 max-w-full" />
          </div>
        </div>
      ))}
    </div>
  );
}
