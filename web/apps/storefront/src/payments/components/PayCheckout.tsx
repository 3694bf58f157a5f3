import { useApi } from '@sharestack/api/context.tsx';
import { asProblem } from '@sharestack/api/problem.ts';
import { pathIn, useLocale, useTexts } from '@sharestack/i18n/locale.tsx';
import { useSessionState } from '@sharestack/session/context.tsx';
import { Skeleton } from '@sharestack/ui/Skeleton.tsx';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense, useEffect } from 'react';
import { INTENT_KEY, intentQuery, savedMethodsQuery } from '../queries.ts';
import { texts } from '../texts.ts';
import { PaymentProblem } from './PaymentProblem.tsx';

// The provider's part is loaded once somebody is about to pay.
const Payment = lazy(() => import('@sharestack/payments/Payment.tsx').then((module) => ({ default: module.Payment })));

interface Props {
  checkoutId: string;
  guestToken: string | null;
  label: string;
  notes: ReactNode;
  onChange: () => void;
}

/** Opens the payment of a checkout, and shows the form of its provider. */
export function PayCheckout({ checkoutId, guestToken, label, notes, onChange }: Props) {
  const t = useTexts(texts);
  const api = useApi();
  const locale = useLocale();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const isOwn = useSessionState().status === 'signed-in';
  const { data: intent, error, isFetching, refetch } = useQuery(intentQuery(api, checkoutId, guestToken));
  const saved = useQuery({ ...savedMethodsQuery(api), enabled: isOwn });

  // Opening it extends the reservation; where it is refused the checkout may have ended.
  const isSettled = intent !== undefined || error !== null;
  useEffect(() => {
    if (isSettled) onChange();
  }, [isSettled, onChange]);

  const loading = (
    <div role="status">
      <span className="sr-only">{t.loading}</span>
      <Skeleton className="h-96" />
    </div>
  );
  if (error) return <PaymentProblem problem={asProblem(error)} isBusy={isFetching} onRetry={() => void refetch()} />;
  if (!intent || (isOwn && saved.isPending)) return loading;
  const returnTo = `${location.origin}${pathIn(locale, '/checkout/return')}?payment=${intent.id}`;
  return (
    <Suspense fallback={loading}>
      <Payment
        intent={intent}
        returnUrl={returnTo}
        savedMethods={saved.data ?? []}
        label={label}
        onPaid={() => void navigate({ to: '/checkout/return', search: { payment: intent.id } })}
        onRefused={() => {
          onChange();
          void queryClient.invalidateQueries({ queryKey: [...INTENT_KEY, checkoutId] });
        }}
      >
        {notes}
      </Payment>
    </Suspense>
  );
}
