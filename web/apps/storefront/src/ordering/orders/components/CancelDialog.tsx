import { useApi } from '@sharestack/api/context.tsx';
import { useRequestKey } from '@sharestack/api/useRequestKey.ts';
import { useLocale, useTexts } from '@sharestack/i18n/locale.tsx';
import { formatMoney } from '@sharestack/i18n/money.ts';
import { Button } from '@sharestack/ui/Button.tsx';
import { Dialog } from '@sharestack/ui/Dialog.tsx';
import { TextArea } from '@sharestack/ui/TextArea.tsx';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { CART_KEY } from '../../queries.ts';
import { cancelTexts } from '../cancelTexts.ts';
import { refundsOf } from '../orderState.ts';
import { cancelOrder, keysOfOrder, type Order, type OrderAccess, orderQuery } from '../queries.ts';
import { orderTexts } from '../texts.ts';
import { ProblemNote } from './ProblemNote.tsx';

interface Props {
  order: Order;
  access: OrderAccess;
  onClose: () => void;
}

/** Asks whether an order is to be cancelled, and says what happens then. */
export function CancelDialog({ order, access, onClose }: Props) {
  const t = useTexts(orderTexts);
  const own = useTexts(cancelTexts);
  const locale = useLocale();
  const api = useApi();
  const queryClient = useQueryClient();
  const keyFor = useRequestKey();
  const { mutate, isPending, error } = useMutation({
    mutationFn: (reason: string) => cancelOrder(api, access, reason, keyFor(reason)),
    onSuccess: (cancelled) => {
      queryClient.setQueryData(orderQuery(api, access).queryKey, cancelled);
      onClose();
    },
    // Whatever the answer, the order may be another by now, and what was not paid is in the cart again.
    onSettled: () => {
      for (const queryKey of [...keysOfOrder(access), CART_KEY]) void queryClient.invalidateQueries({ queryKey });
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (!isPending) mutate(String(new FormData(event.currentTarget).get('reason')).trim());
  };
  const owed = order.paid_at === null ? 0 : order.total_amount - refundsOf(order).done;
  return (
    <Dialog title={own.cancelTitle} onClose={onClose}>
      <form onSubmit={submit} className="space-y-4">
        <p>
          {owed > 0 ? own.cancelPaid(formatMoney(owed, order.currency, locale)) : own.cancelUnpaid} {own.cancelFinal}
        </p>
        <TextArea label={own.cancelReason} hint={own.cancelReasonHint} name="reason" rows={2} maxLength={500} />
        <ProblemNote error={error} />
        <div className="flex flex-wrap justify-end gap-3">
          <Button kind="secondary" onClick={onClose}>
            {own.keep}
          </Button>
          <Button type="submit" busy={isPending} className="bg-danger hover:bg-danger">
            {t.cancel}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
