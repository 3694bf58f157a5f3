import { Mark } from '@sharestack/console/Mark.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import type { Column } from '@sharestack/table/column.ts';
import { Moment } from '@sharestack/ui/Moment.tsx';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { CaseRow } from '../queries.ts';
import { texts } from '../texts.ts';
import { wordsOf } from '../words.ts';

/** The columns of cases: what is reported in its own words, how often, why, and who has it. */
export function useCaseColumns(): Column<CaseRow>[] {
  const t = useTexts(texts);
  return useMemo(() => columns(t), [t]);
}

function columns(t: (typeof texts)['en']): Column<CaseRow>[] {
  const reasons = ({ reasons: counts }: CaseRow) =>
    Object.keys(counts)
      .map((reason) => t.reasons[reason] ?? reason)
      .join(', ');
  const owner = ({ owner: one }: CaseRow) => one?.display_name ?? one?.username ?? '–';
  return [
    {
      id: 'content',
      title: t.content,
      isRowHeader: true,
      className: 'max-w-96',
      cell: (row) => (
        <Link to="/reports/$id" params={{ id: row.id }} className="block truncate hover:underline">
          <span className="text-muted">{t.targets[row.target.kind] ?? row.target.kind}</span>{' '}
          <bdi>{wordsOf(row.snapshot) || t.noWords}</bdi>
        </Link>
      ),
      plain: (row) => wordsOf(row.snapshot),
    },
    {
      id: 'owner',
      title: t.owner,
      optional: 'shown',
      className: 'max-w-40 truncate',
      cell: (row) => <bdi>{owner(row)}</bdi>,
      plain: owner,
    },
    {
      id: 'reports',
      title: t.reports,
      align: 'right',
      cell: (row) => row.report_count,
      plain: (row) => row.report_count,
    },
    { id: 'reason', title: t.reason, className: 'max-w-56 truncate', cell: reasons, plain: reasons },
    {
      id: 'since',
      title: t.since,
      optional: 'shown',
      className: 'whitespace-nowrap',
      cell: (row) => <Moment instant={row.created_at} />,
      plain: (row) => row.created_at,
    },
    {
      id: 'state',
      title: t.status,
      className: 'whitespace-nowrap',
      cell: (row) => <State row={row} />,
      plain: (row) => t.states[row.status],
    },
  ];
}

function State({ row }: { row: CaseRow }) {
  const t = useTexts(texts);
  if (row.status !== 'open')
    return <Mark tone={row.status === 'resolved' ? 'good' : 'plain'}>{t.states[row.status]}</Mark>;
  if (row.claim) return <Mark tone="info">{row.claim.name ?? t.someone}</Mark>;
  return <Mark tone={row.is_held ? 'bad' : 'warn'}>{row.is_held ? t.held : t.free}</Mark>;
}
