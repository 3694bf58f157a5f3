import { useApi } from '@sharestack/api/context.tsx';
import { ListRoom } from '@sharestack/console/ListRoom.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import type { Column } from '@sharestack/table/column.ts';
import type { Filter } from '@sharestack/table/FilterBar.tsx';
import { useRows } from '@sharestack/table/useRows.ts';
import { Moment } from '@sharestack/ui/Moment.tsx';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { AuditDialog } from '../components/AuditDialog.tsx';
import { type AuditEntry, auditQuery, PAGE_SIZE } from '../queries.ts';
import { parseAuditSearch } from '../search.ts';
import { texts } from '../texts.ts';

/** Who did what, when and why. */
export function AuditPage() {
  const t = useTexts(texts);
  const api = useApi();
  const search = useSearch({ from: '/audit' });
  const navigate = useNavigate({ from: '/audit' });
  const options = useMemo(() => auditQuery(api, search), [api, search]);
  const [open, setOpen] = useState<AuditEntry | null>(null);
  const columns = useMemo(() => columnsOf(t, setOpen), [t]);
  return (
    <>
      <ListRoom
        name="audit"
        title={t.audit}
        lead={t.auditLead}
        filters={filters(t)}
        search={{ ...search }}
        onSearch={(values) => void navigate({ to: '/audit', search: parseAuditSearch(values), resetScroll: false })}
        columns={columns}
        keyOf={({ id }) => id}
        query={useRows(options)}
        pageSize={PAGE_SIZE}
        empty={{ none: t.noEntries, noMatch: t.noMatch, noMatchBody: t.noMatchBody }}
      />
      {open && <AuditDialog entry={open} onClose={() => setOpen(null)} />}
    </>
  );
}

function filters(t: (typeof texts)['en']): Filter[] {
  return [
    { name: 'action', label: t.action, kind: 'text', maxLength: 60 },
    { name: 'subject', label: t.subject, kind: 'text', maxLength: 40 },
    { name: 'id', label: t.subjectId, kind: 'text', maxLength: 36 },
    { name: 'actor', label: t.actor, kind: 'text', maxLength: 36 },
    { name: 'from', label: t.from, kind: 'day' },
    { name: 'to', label: t.to, kind: 'day' },
  ];
}

function columnsOf(t: (typeof texts)['en'], onOpen: (entry: AuditEntry) => void): Column<AuditEntry>[] {
  return [
    {
      id: 'what',
      title: t.what,
      isRowHeader: true,
      className: 'whitespace-nowrap',
      cell: (entry) => (
        <button type="button" className="min-h-6 hover:underline" onClick={() => onOpen(entry)}>
          {entry.action}
        </button>
      ),
      plain: ({ action }) => action,
    },
    {
      id: 'about',
      title: t.about,
      className: 'whitespace-nowrap',
      cell: ({ subject_type, subject_id }) => (
        <>
          {subject_type} <code className="text-xs text-muted">{subject_id.slice(-8)}</code>
        </>
      ),
      plain: ({ subject_type, subject_id }) => `${subject_type} ${subject_id}`,
    },
    {
      id: 'who',
      title: t.who,
      optional: 'shown',
      cell: ({ actor_kind }) => t.kinds[actor_kind],
      plain: ({ actor_id, actor_kind }) => actor_id ?? actor_kind,
    },
    {
      id: 'reason',
      title: t.reason,
      optional: 'shown',
      className: 'max-w-80 truncate',
      cell: ({ reason }) => <bdi>{reason ?? '–'}</bdi>,
      plain: ({ reason }) => reason ?? '',
    },
    {
      id: 'when',
      title: t.when,
      className: 'whitespace-nowrap',
      cell: ({ created_at }) => <Moment instant={created_at} />,
      plain: ({ created_at }) => created_at,
    },
  ];
}
