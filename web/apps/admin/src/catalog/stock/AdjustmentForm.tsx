import { useApi } from '@sharestack/api/context.tsx';
import { ApiProblem } from '@sharestack/api/problem.ts';
import { Card } from '@sharestack/console/Card.tsx';
import { EditForm } from '@sharestack/console/EditForm.tsx';
import type { Field, Values } from '@sharestack/console/field.ts';
import { useNotify } from '@sharestack/console/Notices.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type Adjustment, adjustStock, INVENTORY_KEY } from './queries.ts';
import { texts } from './texts.ts';

const REASONS = ['received', 'counted', 'damaged', 'lost', 'returned', 'correction'] as const;
const MOST = 1_000_000_000;

/** Units that came or went, with the reason why. */
export function AdjustmentForm({ variantId }: { variantId: string }) {
  const t = useTexts(texts);
  const api = useApi();
  const client = useQueryClient();
  const notify = useNotify();
  const [count, setCount] = useState(0);
  const fields: Field[] = [
    {
      name: 'reason',
      label: t.reason,
      kind: 'choice',
      required: true,
      options: REASONS.map((value) => ({ value, label: t.reasons[value] })),
    },
    { name: 'quantity', label: t.quantity, kind: 'whole', required: true, min: -MOST, max: MOST, hint: t.quantityHint },
    { name: 'note', label: t.note, kind: 'text', maxLength: 500, wide: true },
  ];
  return (
    <Card title={t.adjust}>
      <EditForm
        key={count}
        label={t.adjust}
        fields={fields}
        action={t.doAdjust}
        words={t.words}
        send={(values, { key }) => {
          if (values.quantity === 0) {
            throw new ApiProblem(422, 'validation_failed', { fields: [{ field: 'quantity', message: t.notZero }] });
          }
          return adjustStock(api, variantId, adjustmentOf(values), key);
        }}
        onSaved={() => {
          for (const queryKey of [INVENTORY_KEY, ['products']]) void client.invalidateQueries({ queryKey });
          notify(t.adjusted);
          setCount(count + 1);
        }}
      />
    </Card>
  );
}

/** Damaged and lost units go, received and returned ones come, whichever sign was written. */
function adjustmentOf({ reason, quantity, note }: Values): Adjustment {
  const units = Number(quantity);
  const sign = reason === 'damaged' || reason === 'lost' ? -1 : reason === 'received' || reason === 'returned' ? 1 : 0;
  return {
    reason: reason as Adjustment['reason'],
    quantity: sign === 0 ? units : sign * Math.abs(units),
    note: note === null ? null : String(note),
  };
}
