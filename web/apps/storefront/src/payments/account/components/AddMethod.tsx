import { useApi } from '@sharestack/api/context.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { Skeleton } from '@sharestack/ui/Skeleton.tsx';
import { useMutation } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { lazy, Suspense, useRef } from 'react';
import { setUpMethod } from '../queries.ts';
import { paymentTexts } from '../texts.ts';
import { ProblemNote } from './ProblemNote.tsx';

const PaymentMethodSetup = lazy(() =>
  import('@sharestack/payments/PaymentMethodSetup.tsx').then(({ PaymentMethodSetup }) => ({
    default: PaymentMethodSetup,
  })),
);

/** The provider's form comes when somebody asks for it. */
export function AddMethod({ onSaved }: { onSaved: () => void }) {
  const t = useTexts(paymentTexts);
  const api = useApi();
  const router = useRouter();
  const key = useRef(crypto.randomUUID());
  const { mutate, reset, data, isPending, error } = useMutation({ mutationFn: () => setUpMethod(api, key.current) });
  const close = () => {
    key.current = crypto.randomUUID();
    reset();
  };
  if (!data) {
    return (
      <div className="mt-6 space-y-3">
        <Button busy={isPending} onClick={() => mutate()}>
          <Plus className="size-5" aria-hidden="true" />
          {isPending ? t.opening : t.add}
        </Button>
        <ProblemNote error={error} />
      </div>
    );
  }
  const { publicHref } = router.buildLocation({ to: '/account/payment-methods' });
  return (
    <section
      aria-labelledby="add-method"
      className="mt-8 max-w-xl rounded-card border border-line bg-surface p-5 sm:p-6"
    >
      <h2 id="add-method" className="mb-4 font-display text-xl">
        {t.addTitle}
      </h2>
      <Suspense fallback={<Skeleton className="h-56" />}>
        <PaymentMethodSetup
          setup={data}
          returnUrl={window.location.origin + publicHref}
          onSaved={() => {
            close();
            onSaved();
          }}
          onCancel={close}
          cancelLabel={t.cancel}
        />
      </Suspense>
    </section>
  );
}
