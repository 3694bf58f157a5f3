import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Day } from '@sharestack/ui/Day.tsx';
import type { Report } from '../queries.ts';
import { moderationTexts } from '../texts.ts';

/** A report, and what became of it. */
export function ReportItem({ report }: { report: Report }) {
  const t = useTexts(moderationTexts);
  return (
    <li className="py-5">
      <h2 className="font-medium">{t.reportOf(t.targets[report.target.kind] ?? t.otherTarget)}</h2>
      <p className="mt-1 text-sm text-muted">
        <Day instant={report.created_at} /> · {t.reasons[report.reason]} ·{' '}
        <strong className="font-medium text-ink">{t.reportStates[report.status]}</strong>
      </p>
      {report.text && (
        <p className="mt-2 whitespace-pre-wrap wrap-anywhere" dir="auto">
          {report.text}
        </p>
      )}
    </li>
  );
}
