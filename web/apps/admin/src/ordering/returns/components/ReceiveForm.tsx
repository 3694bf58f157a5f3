import { useApi } from '@sharestack/api/context.tsx';
import { Card } from '@sharestack/console/Card.tsx';
import { EditForm } from '@sharestack/console/EditForm.tsx';
import type { Field } from '@sharestack/console/field.ts';
import { useNotify } from '@sharestack/console/Notices.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useQueryClient } from '@tanstack/react-query';
import { RETURN_CHANGES, type Return, receiveReturn, returnQuery } from '../queries.ts';
import { texts } from '../texts.ts';

interface Props {
  one: Return;
  nameOf: (orderItemId: string) => string;
}

/** Nobody sells these again before somebody has looked at them. */
const BROKEN: ReadonlySet<Return['lines'][number]['reason']> = new Set(['damaged', 'defective']);

/** What arrived goes back to the stock where it can be sold again, and its money goes back. */
export function ReceiveForm({ one, nameOf }: Props) {
  const t = useTexts(texts);
  const api = useApi();
  const notify = useNotify();
  const queryClient = useQueryClient();
  const ids = one.lines.map(({ order_item_id }) => order_item_id);
  const fields = ids.map((id): Field => ({ name: id, label: t.restock(nameOf(id)), kind: 'check', wide: true }));
  return (
    <Card title={t.receive}>
      <p className="mb-2 text-sm text-muted">{t.receiveHint}</p>
      <EditForm
        label={t.receive}
        fields={fields}
        initial={Object.fromEntries(one.lines.map((line) => [line.order_item_id, !BROKEN.has(line.reason)]))}
        action={t.receive}
        send={(values, { key }) =>
          receiveReturn(
            api,
            one.id,
            ids.map((id) => ({ order_item_id: id, restock: values[id] === true })),
            key,
          )
        }
        onSaved={(saved) => {
          queryClient.setQueryData(returnQuery(api, one.id).queryKey, saved);
          notify(t.received);
          for (const queryKey of RETURN_CHANGES) void queryClient.invalidateQueries({ queryKey });
        }}
      />
    </Card>
  );
}
