import { useApi } from '@sharestack/api/context.tsx';
import { ConfirmDialog } from '@sharestack/console/ConfirmDialog.tsx';
import { useAction } from '@sharestack/console/useAction.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { TextArea } from '@sharestack/ui/TextArea.tsx';
import { useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { ORDERS_CHANGE } from '../../queries.ts';
import { changeStatus, type Order, type OrderStatus, orderKey } from '../queries.ts';
import { texts } from '../texts.ts';

interface Props {
  order: Order;
  move: OrderStatus;
  onClose: () => void;
}

/**
 * Says what a move does, and does it. Where somebody was faster, the order is read again behind the dialog, and what is
 * pressed next is about the order as it is then.
 */
export function StatusDialog({ order, move, onClose }: Props) {
  const t = useTexts(texts);
  const api = useApi();
  const client = useQueryClient();
  const reason = useRef<HTMLTextAreaElement>(null);
  const { run, isPending, error } = useAction<{ version: number; reason: string | null }, Order>({
    act: (body) => changeStatus(api, order.id, { status: move, ...body }),
    changes: ORDERS_CHANGE,
    done: t.statusChanged,
    isShownHere: true,
    onDone: (now) => {
      client.setQueryData(orderKey(order.id), now);
      onClose();
    },
  });
  const isPossible = order.moves.includes(move);
  return (
    <ConfirmDialog
      title={t.moves[move] ?? move}
      action={t.moves[move] ?? move}
      isDangerous={move === 'cancelled'}
      isPending={isPending}
      error={error}
      words={t.problems}
      onConfirm={() => isPossible && run({ version: order.version, reason: reason.current?.value.trim() || null })}
      onClose={onClose}
    >
      <p>{isPossible ? t.moveBodies[move] : t.notPossibleNow}</p>
      <TextArea ref={reason} label={t.moveReason} hint={t.moveReasonHint} maxLength={500} rows={2} />
    </ConfirmDialog>
  );
}
