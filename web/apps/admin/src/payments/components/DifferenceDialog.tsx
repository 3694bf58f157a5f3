import { useApi } from '@sharestack/api/context.tsx';
import { EditForm } from '@sharestack/console/EditForm.tsx';
import { Facts } from '@sharestack/console/Facts.tsx';
import { useNotify } from '@sharestack/console/Notices.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { usePermissions } from '@sharestack/session/context.tsx';
import { Dialog } from '@sharestack/ui/Dialog.tsx';
import { Money } from '@sharestack/ui/Money.tsx';
import { useQueryClient } from '@tanstack/react-query';
import { BOOKS_KEY, COUNTERS_KEY, type Difference, resolveDifference } from '../queries.ts';
import { texts } from '../texts.ts';

/** One difference, and why it is settled. */
export function DifferenceDialog({ difference, onClose }: { difference: Difference; onClose: () => void }) {
  const t = useTexts(texts);
  const api = useApi();
  const notify = useNotify();
  const queryClient = useQueryClient();
  const mayResolve = usePermissions().includes('payments:write') && !difference.resolved_at;
  const money = (amount: number | null) =>
    amount === null ? '–' : <Money amount={amount} currency={difference.currency} />;
  return (
    <Dialog title={t.resolveTitle} onClose={onClose}>
      <Facts
        facts={[
          [t.movement, t.differenceKinds[difference.kind] ?? difference.kind],
          [t.reference, difference.source_id],
          [t.theirs, money(difference.provider_amount)],
          [t.ours, money(difference.ledger_amount)],
          [t.by, difference.resolved_by],
          [t.note, difference.note],
        ]}
      />
      {mayResolve && (
        <div className="mt-4 border-t border-line pt-4">
          <EditForm
            label={t.resolve}
            fields={[
              {
                name: 'note',
                label: t.note,
                kind: 'lines',
                required: true,
                maxLength: 500,
                rows: 3,
                hint: t.resolveHint,
              },
            ]}
            action={t.resolve}
            send={({ note }) => resolveDifference(api, difference.id, String(note))}
            onSaved={() => {
              notify(t.resolvedNotice);
              for (const queryKey of [BOOKS_KEY, COUNTERS_KEY]) void queryClient.invalidateQueries({ queryKey });
              onClose();
            }}
          />
        </div>
      )}
    </Dialog>
  );
}
