import { Skeleton } from '@sharestack/ui/Skeleton.tsx';

export function CheckoutSkeleton() {
  return (
    <div className="grid grid-cols-1 gap-8 lg:grid-cols-[minmax(0,1fr)_min(24rem,40%)] lg:gap-14">
      <div className="order-2 space-y-8 lg:order-1">
        <Skeleton className="h-32" />
        <Skeleton className="h-96" />
        <Skeleton className="h-32" />
      </div>
      <Skeleton className="order-1 h-64 lg:order-2 lg:h-96" />
    </div>
  );
}
