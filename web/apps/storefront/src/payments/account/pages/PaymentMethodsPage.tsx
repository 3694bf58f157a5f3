import { useApi } from '@sharestack/api/context.tsx';
import { asProblem } from '@sharestack/api/problem.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useSessionState } from '@sharestack/session/context.tsx';
import { EmptyState } from '@sharestack/ui/EmptyState.tsx';
import { ErrorState } from '@sharestack/ui/ErrorState.tsx';
import { PageHead } from '@sharestack/ui/PageHead.tsx';
import { Skeleton } from '@sharestack/ui/Skeleton.tsx';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { type SavedPaymentMethod, savedMethodsQuery } from '../../queries.ts';
import { AddMethod } from '../components/AddMethod.tsx';
import { MethodRow } from '../components/MethodRow.tsx';
import { RemoveDialog } from '../components/RemoveDialog.tsx';

import { paymentTexts } from '../texts.ts';

const route = getRouteApi('/account/payment-methods');

/** Ways to pay that are saved at the provider. */
export function PaymentMethodsPage() {
  const t = useTexts(paymentTexts);
  const { redirect_status: returned } = route.useSearch();
  const [removing, setRemoving] = useState<SavedPaymentMethod | null>(null);
  const [news, setNews] = useState(returned === 'succeeded' ? t.saved : returned ? t.notSaved : '');
  const { status } = useSessionState();
  const list = useQuery({ ...savedMethodsQuery(useApi()), enabled: status === 'signed-in' });
  return (
    <>
      <PageHead title={t.methods} isIndexed={false} />
      <h1 tabIndex={-1} className="font-display text-3xl">
        {t.methods}
      </h1>
      <p className="mt-1 mb-6 max-w-prose text-muted">{t.methodsLead}</p>
      <p role="status" className="mb-4 rounded-control bg-info-soft px-4 py-3 empty:hidden">
        {news}
      </p>
      <Methods list={list} onRemove={setRemoving} />
      {list.data && (
        <AddMethod
          onSaved={() => {
            setNews(t.saved);
            void list.refetch();
          }}
        />
      )}
      {removing && (
        <RemoveDialog
          method={removing}
          onClose={(isRemoved) => {
            setRemoving(null);
            if (isRemoved) setNews(t.removed);
          }}
        />
      )}
    </>
  );
}

interface Props {
  list: { data: SavedPaymentMethod[] | undefined; error: unknown; refetch: () => unknown };
  onRemove: (method: SavedPaymentMethod) => void;
}

function Methods({ list: { data, error, refetch }, onRemove }: Props) {
  const t = useTexts(paymentTexts);
  if (!data) {
    if (!error) return <Skeleton className="h-40" />;
    const { correlationId, status } = asProblem(error);
    return <ErrorState correlationId={correlationId} isOffline={status === 0} onRetry={() => void refetch()} />;
  }
  if (data.length === 0) return <EmptyState title={t.noMethodsTitle} body={t.noMethodsBody} />;
  return (
    <ul className="divide-y divide-line rounded-card border border-line bg-surface">
      {data.map((method) => (
        <MethodRow key={method.id} method={method} onRemove={() => onRemove(method)} />
      ))}
    </ul>
  );
}
