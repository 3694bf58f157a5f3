import { Skeleton } from '@sharestack/ui/Skeleton.tsx';

export function GridSkeleton({ count, isNarrow = false }: { count: number; isNarrow?: boolean }) {
  return (
    <div
      className={`grid grid-cols-2 gap-x-4 gap-y-9 sm:grid-cols-3 md:gap-x-6 md:gap-y-12 ${isNarrow ? 'lg:grid-cols-3' : 'lg:grid-cols-4'}`}
    >
      {Array.from({ length: count }, (_, index) => index).map((index) => (
        <div key={index}>
          <Skeleton className="aspect-square rounded-card" />
          <Skeleton className="mt-3 h-3 w-1/3" />
          <Skeleton className="mt-2 h-4 w-4/5" />
          <Skeleton className="mt-2 h-4 w-1/4" />
        </div>
      ))}
    </div>
  );
}
