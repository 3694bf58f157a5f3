import { useApi } from '@sharestack/api/context.tsx';
import { Card } from '@sharestack/console/Card.tsx';
import { EditForm } from '@sharestack/console/EditForm.tsx';
import { useNotify } from '@sharestack/console/Notices.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useQueryClient } from '@tanstack/react-query';
import { ERRORS_KEY, type ErrorDetails, errorQuery, resolveError } from '../queries.ts';
import { texts } from '../texts.ts';

/** Says that an error is mended. */
export function ResolveForm({ error }: { error: ErrorDetails }) {
  const t = useTexts(texts);
  const api = useApi();
  const notify = useNotify();
  const queryClient = useQueryClient();
  return (
    <Card title={t.resolve}>
      <EditForm
        label={t.resolve}
        fields={[{ name: 'reason', label: t.why, kind: 'text', maxLength: 500, hint: t.resolveHint, wide: true }]}
        action={t.resolve}
        send={({ reason }) => resolveError(api, error.id, reason as string | null)}
        onSaved={(resolved) => {
          notify(t.resolved);
          queryClient.setQueryData(errorQuery(api, error.id).queryKey, resolved);
          for (const queryKey of [ERRORS_KEY, ['counters']]) void queryClient.invalidateQueries({ queryKey });
        }}
      />
    </Card>
  );
}
