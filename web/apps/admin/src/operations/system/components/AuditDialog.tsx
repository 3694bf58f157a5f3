import { Facts } from '@sharestack/console/Facts.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Dialog } from '@sharestack/ui/Dialog.tsx';
import { Moment } from '@sharestack/ui/Moment.tsx';
import type { AuditEntry } from '../queries.ts';
import { texts } from '../texts.ts';

/** One entry: each field that changed, before and after. */
export function AuditDialog({ entry, onClose }: { entry: AuditEntry; onClose: () => void }) {
  const t = useTexts(texts);
  const changes = Object.entries(entry.changes);
  return (
    <Dialog title={entry.action} onClose={onClose}>
      <Facts
        facts={[
          [t.when, <Moment key="when" instant={entry.created_at} />],
          [t.who, t.kinds[entry.actor_kind]],
          [t.actor, entry.actor_id && <code>{entry.actor_id}</code>],
          [t.about, `${entry.subject_type} ${entry.subject_id}`],
          [t.reason, entry.reason],
          [t.network, entry.network],
          [t.correlation, <code key="correlation">{entry.correlation_id}</code>],
        ]}
      />
      <h3 className="mt-5 mb-2 font-medium">{t.changes}</h3>
      {changes.length === 0 ? (
        <p className="text-sm text-muted">{t.noChanges}</p>
      ) : (
        <dl className="space-y-3 text-sm">
          {changes.map(([name, { before, after }]) => (
            <div key={name}>
              <dt className="font-medium">{name}</dt>
              <dd className="mt-1 grid grid-cols-2 gap-3">
                <Value label={t.before} value={before} />
                <Value label={t.after} value={after} />
              </dd>
            </div>
          ))}
        </dl>
      )}
    </Dialog>
  );
}

function Value({ label, value }: { label: string; value: unknown }) {
  return (
    <span className="min-w-0 rounded-control bg-sunken p-2">
      <span className="block text-xs text-muted">{label}</span>
      <bdi className="break-words whitespace-pre-wrap">{said(value)}</bdi>
    </span>
  );
}

const said = (value: unknown): string =>
  value === null || value === undefined ? '–' : typeof value === 'string' ? value : JSON.stringify(value, null, 1);
