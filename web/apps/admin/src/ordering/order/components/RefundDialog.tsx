import { useApi } from '@sharestack/api/context.tsx';
import { EditForm } from '@sharestack/console/EditForm.tsx';
import type { Values } from '@sharestack/console/field.ts';
import { useNotify } from '@sharestack/console/Notices.tsx';
import type { ProblemWords } from '@sharestack/console/problemText.ts';
import { useLocale, useTexts } from '@sharestack/i18n/locale.tsx';
import { formatMoney } from '@sharestack/i18n/money.ts';
import { Dialog } from '@sharestack/ui/Dialog.tsx';
import { Money } from '@sharestack/ui/Money.tsx';
import { useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { type Order, type PaymentDetail, REFUNDS_CHANGE, refund } from '../queries.ts';
import { fieldsOf, HOW, type How, refundOf } from '../refundForm.ts';
import { texts } from '../texts.ts';

interface Props {
  order: Order;
  paymentId: string;
  /** Unknown to who may not look at payments. */
  payment: PaymentDetail | undefined;
  onClose: () => void;
}

/** Gives money back: all that is left, an amount, or units. One press is one refund, however often an answer is lost. */
export function RefundDialog({ order, paymentId, payment, onClose }: Props) {
  const t = useTexts(texts);
  const api = useApi();
  const client = useQueryClient();
  const notify = useNotify();
  const words = useRefundWords(order.currency);
  const [how, setHow] = useState<How>('all');
  const [isEmpty, setEmpty] = useState(false);
  const left = payment?.refundable_amount;
  const send = async (values: Values, { key }: { key: string }) => {
    const body = refundOf(how, values, order);
    setEmpty(body === null);
    if (body === null) return null;
    return refund(api, paymentId, body, key).finally(() => {
      // Refused or not: what is left is another now, or was already.
      for (const queryKey of REFUNDS_CHANGE) void client.invalidateQueries({ queryKey });
    });
  };
  return (
    <Dialog title={t.refundTitle} onClose={onClose}>
      {left !== undefined && (
        <p role="status" className="mb-3 text-sm">
          {t.refundLeft} <Money amount={left} currency={order.currency} className="font-semibold" />
        </p>
      )}
      <HowChoice how={how} onChoose={setHow} />
      <EditForm
        key={how}
        label={t.refundTitle}
        fields={fieldsOf(how, order, left, t)}
        initial={{ reason: 'requested_by_customer', restock: 'default' }}
        action={t.refundButton}
        isDangerous
        words={words}
        send={send}
        onSaved={(done) => {
          if (!done) return;
          notify(t.refundDone);
          onClose();
        }}
        onCancel={onClose}
      >
        <p role="alert" className="text-sm text-danger empty:hidden">
          {isEmpty && t.noUnits}
        </p>
      </EditForm>
    </Dialog>
  );
}

/** Somebody else may have refunded meanwhile: then it is said how much is left. */
function useRefundWords(currency: string): ProblemWords {
  const t = useTexts(texts);
  const locale = useLocale();
  return {
    ...t.problems,
    refund_exceeds_payment: ({ said }) =>
      t.refundExceeds(formatMoney(Number(said.refundable_amount ?? 0), currency, locale)),
  };
}

function HowChoice({ how, onChoose }: { how: How; onChoose: (how: How) => void }) {
  const t = useTexts(texts);
  const id = useId();
  const labels: Record<How, string> = { all: t.refundAll, amount: t.refundAmount, lines: t.refundLines };
  return (
    <fieldset className="mb-4">
      <legend className="mb-1 text-sm font-medium">{t.refundBy}</legend>
      <div className="flex flex-wrap gap-x-5">
        {HOW.map((one) => (
          <label key={one} className="inline-flex min-h-11 items-center gap-2 text-sm sm:min-h-9">
            <input
              type="radio"
              name={id}
              className="size-4.5 accent-brand"
              checked={how === one}
              onChange={() => onChoose(one)}
            />
            {labels[one]}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
