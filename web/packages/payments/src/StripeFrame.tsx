import { useLocale, useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { Skeleton } from '@sharestack/ui/Skeleton.tsx';
import { Elements } from '@stripe/react-stripe-js';
import type { Stripe } from '@stripe/stripe-js';
import { type ReactNode, useEffect, useState } from 'react';
import { loadStripe } from './loadStripe.ts';
import { texts } from './texts.ts';
import { useAppearance } from './useAppearance.ts';

interface Props {
  publishableKey: string;
  clientSecret: string;
  children: ReactNode;
}

/** Loads Stripe.js and opens its elements for one intent; says so where that fails. */
export function StripeFrame({ publishableKey, clientSecret, children }: Props) {
  const t = useTexts(texts);
  const locale = useLocale();
  const appearance = useAppearance();
  const [stripe, setStripe] = useState<Stripe | null>(null);
  const [hasFailed, setFailed] = useState(false);

  useEffect(() => {
    if (hasFailed) return;
    let isWanted = true;
    loadStripe(publishableKey, locale).then(
      (loaded) => isWanted && setStripe(loaded),
      () => isWanted && setFailed(true),
    );
    return () => {
      isWanted = false;
    };
  }, [publishableKey, locale, hasFailed]);

  if (hasFailed) {
    return (
      <div role="alert" className="rounded-card bg-danger-soft p-5">
        <p className="font-medium text-danger">{t.loadFailed}</p>
        <p className="mt-1 text-sm">{t.loadFailedBody}</p>
        <Button kind="secondary" className="mt-4" onClick={() => setFailed(false)}>
          {t.retry}
        </Button>
      </div>
    );
  }
  if (!stripe) return <Skeleton className="h-72" />;
  return (
    <Elements
      key={clientSecret}
      stripe={stripe}
      options={{ clientSecret, appearance, locale: locale === 'en' ? 'en' : 'zh' }}
    >
      {children}
    </Elements>
  );
}
