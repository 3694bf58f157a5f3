import { useTexts } from '@sharestack/i18n/locale.tsx';
import type { ReactNode } from 'react';
import type { SavedMethod } from './SavedMethods.tsx';
import { StripePayment } from './StripePayment.tsx';
import { texts } from './texts.ts';

export interface PaymentProps {
  /** As `POST /payments/intent` answers it. */
  intent: { provider: string; publishable_key: string; client_secret: string };
  /** Where a bank or wallet sends the payer back to; absolute. */
  returnUrl: string;
  savedMethods?: readonly SavedMethod[];
  /** Of the paying button: it says that pressing it obliges to pay, and how much. */
  label: string;
  /** What is to be read before paying; stands above the button. */
  children?: ReactNode;
  /** It cannot be paid (any more). */
  isClosed?: boolean;
  /** The provider has the payer's consent; whether it has the money, the API knows. */
  onPaid: () => void;
  /** It was refused; what the API says about the payment may have changed. */
  onRefused?: () => void;
}

/** The form to pay an intent with, by its provider. Card data goes from the provider's fields to the provider only. */
export function Payment(props: PaymentProps) {
  const t = useTexts(texts);
  if (props.intent.provider === 'stripe') return <StripePayment {...props} />;
  return <p role="alert">{t.unknownProvider}</p>;
}
