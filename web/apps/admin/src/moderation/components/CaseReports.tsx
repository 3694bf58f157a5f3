import { Card } from '@sharestack/console/Card.tsx';
import { Mark } from '@sharestack/console/Mark.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Moment } from '@sharestack/ui/Moment.tsx';
import type { Case } from '../queries.ts';
import { texts } from '../texts.ts';

/** Who reported it and why, and the rules that matched. */
export function CaseReports({ one }: { one: Case }) {
  const t = useTexts(texts);
  return (
    <>
      <Card title={`${t.theReports} (${one.report_count})`}>
        {one.reports.length === 0 ? (
          <p className="text-sm text-muted">{t.noReports}</p>
        ) : (
          <ul className="divide-y divide-line">
            {one.reports.map((report) => (
              <li key={report.id} className="py-2.5 first:pt-0 last:pb-0">
                <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
                  <span className="font-medium">{t.reasons[report.reason] ?? report.reason}</span>
                  <span className="text-muted">
                    <bdi>{report.reporter?.username ?? t.formerUser}</bdi> · <Moment instant={report.created_at} />
                  </span>
                </p>
                {report.text && (
                  <p dir="auto" className="mt-1 break-words whitespace-pre-wrap">
                    {report.text}
                  </p>
                )}
              </li>
            ))}
          </ul>
        )}
      </Card>
      {one.screenings.length > 0 && (
        <Card title={t.matches}>
          <ul className="divide-y divide-line text-sm">
            {one.screenings.map((match) => (
              <li
                key={`${match.rule_id} ${match.field} ${match.start}`}
                className="flex flex-wrap items-center gap-3 py-2"
              >
                <bdi className="font-medium">{match.phrase}</bdi>
                <Mark tone={match.action === 'hold' ? 'bad' : 'warn'}>{t.ruleActions[match.action]}</Mark>
                {match.is_changed && <span className="text-muted">{t.changedSince}</span>}
              </li>
            ))}
          </ul>
        </Card>
      )}
    </>
  );
}
