import { useApi } from '@sharestack/api/context.tsx';
import { useRequestKey } from '@sharestack/api/useRequestKey.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { TextArea } from '@sharestack/ui/TextArea.tsx';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import {
  keysOfOrder,
  type Order,
  type OrderAccess,
  type ReturnableUnits,
  type ReturnRequest,
  requestReturn,
} from '../queries.ts';
import { quantityField, type ReturnProblems, readReturn, reasonField } from '../returnDraft.ts';
import { returnTexts } from '../returnTexts.ts';
import { ProblemNote } from './ProblemNote.tsx';
import { ReturnLineFields } from './ReturnLineFields.tsx';

interface Props {
  order: Order;
  access: OrderAccess;
  returnable: readonly ReturnableUnits[];
  onEnd: (isSent: boolean) => void;
}

const NONE: ReturnProblems = { isEmpty: false, withoutReason: [] };

/** Which pieces come back, and why. What is wrong is said at its place, and the first such place has the focus. */
export function ReturnForm({ order, access, returnable, onEnd }: Props) {
  const t = useTexts(returnTexts);
  const api = useApi();
  const queryClient = useQueryClient();
  const keyFor = useRequestKey();
  const form = useRef<HTMLFormElement>(null);
  const [problems, setProblems] = useState(NONE);
  const { mutate, isPending, error } = useMutation({
    mutationFn: (request: ReturnRequest) => requestReturn(api, access, request, keyFor(request)),
    onSuccess: () => onEnd(true),
    // An answer that was lost may have been a yes: the list says.
    onSettled: () => {
      for (const queryKey of keysOfOrder(access)) void queryClient.invalidateQueries({ queryKey });
    },
  });
  const focusOn = (name: string | undefined) =>
    name && (form.current?.elements.namedItem(name) as HTMLElement | null)?.focus();
  useEffect(() => {
    form.current?.querySelector('select')?.focus();
  }, []);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const { request, problems: found, isValid } = readReturn(event.currentTarget, returnable);
    setProblems(found);
    if (found.isEmpty) focusOn(quantityField(returnable[0]?.order_item_id ?? ''));
    else if (!isValid) focusOn(reasonField(found.withoutReason[0] ?? ''));
    else if (!isPending) mutate(request);
  };
  const items = new Map(order.items.map((item) => [item.id, item]));
  return (
    <form ref={form} onSubmit={submit} noValidate className="mt-4 rounded-card border border-line bg-surface p-5">
      <p>{t.returnLead}</p>
      <ul className="mt-4 divide-y divide-line border-y border-line">
        {returnable.map((units) => (
          <ReturnLineFields
            key={units.order_item_id}
            units={units}
            item={items.get(units.order_item_id)}
            isReasonMissing={problems.withoutReason.includes(units.order_item_id)}
          />
        ))}
      </ul>
      <p role="alert" className="mt-2 text-sm text-danger empty:hidden">
        {problems.isEmpty && t.returnNothing}
      </p>
      <div className="mt-4 space-y-4">
        <TextArea label={t.returnNote} hint={t.returnNoteHint} name="note" rows={3} maxLength={1000} />
        <ProblemNote error={error} />
        <div className="flex flex-wrap gap-3">
          <Button type="submit" busy={isPending}>
            {t.sendReturn}
          </Button>
          <Button kind="secondary" onClick={() => onEnd(false)}>
            {t.cancelReturn}
          </Button>
        </div>
      </div>
    </form>
  );
}
