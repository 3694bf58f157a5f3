import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Flag } from 'lucide-react';
import { ACTION } from '../components/looks.ts';
import { PostText } from '../components/PostText.tsx';
import { useReport } from '../reporting.tsx';
import { Membership } from './Membership.tsx';
import type { Group } from './queries.ts';
import { groupsTexts } from './texts.ts';

/** What a group is about, its rules, and who may join. */
export function GroupHeader({ group }: { group: Group }) {
  const t = useTexts(groupsTexts);
  const { viewer } = group;
  const report = useReport({ kind: 'group', id: group.id });
  return (
    <header className="border-b border-line pb-6">
      <h1 tabIndex={-1} className="font-display text-3xl break-words">
        <bdi>{group.name}</bdi>
      </h1>
      <p className="mt-1 flex flex-wrap items-center gap-x-3 text-sm text-muted">
        <span>{t.members(group.member_count)}</span>
        <span>{t.access[group.access]}</span>
        {viewer && report.open && (
          <button type="button" aria-label={t.report} title={t.report} onClick={report.open} className={ACTION}>
            <Flag className="size-4" aria-hidden="true" />
          </button>
        )}
      </p>
      <div className="mt-3 max-w-prose">
        <PostText text={group.description} entities={[]} />
      </div>
      <Notices group={group} />
      <Rules rules={group.rules} />
      <Membership group={group} />
      {report.dialog}
    </header>
  );
}

function Notices({ group: { hidden_reason, closed_at, viewer } }: { group: Group }) {
  const t = useTexts(groupsTexts);
  const ban = viewer?.ban;
  const notices = [
    hidden_reason && t.hidden(hidden_reason),
    closed_at && t.closed,
    ban && `${t.banned} ${ban.reason ? t.bannedReason(ban.reason) : ''}`,
  ].filter(Boolean);
  return notices.map((notice) => (
    <p key={String(notice)} className="mt-3 rounded-control bg-warn-soft px-4 py-2.5 text-warn">
      {notice}
    </p>
  ));
}

function Rules({ rules }: { rules: readonly string[] }) {
  const t = useTexts(groupsTexts);
  if (rules.length === 0) return null;
  return (
    <details className="mt-3">
      <summary className="inline-flex min-h-11 items-center text-brand underline decoration-1 underline-offset-4">
        {t.rules}
      </summary>
      <ol className="ml-5 list-decimal space-y-1">
        {rules.map((rule) => (
          <li key={rule} dir="auto" className="break-words">
            {rule}
          </li>
        ))}
      </ol>
    </details>
  );
}
