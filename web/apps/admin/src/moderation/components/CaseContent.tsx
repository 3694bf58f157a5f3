import { Card } from '@sharestack/console/Card.tsx';
import { Mark } from '@sharestack/console/Mark.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useMoment } from '@sharestack/ui/Moment.tsx';
import type { Case } from '../queries.ts';
import { texts } from '../texts.ts';
import { wordsOf } from '../words.ts';

/** What is reported: as it was then, as it is now, and the versions between. */
export function CaseContent({ one }: { one: Case }) {
  const t = useTexts(texts);
  const moment = useMoment();
  const then = wordsOf(one.snapshot);
  const now = wordsOf(one.present?.content);
  const state = !one.present ? t.gone : one.present.is_shown ? t.isShown : t.isHidden;
  const earlier = one.snapshots.filter(({ content }) => wordsOf(content) !== then);
  return (
    <Card title={t.asReported} aside={<Mark tone={one.present?.is_shown ? 'warn' : 'plain'}>{state}</Mark>}>
      <Words words={then} />
      {one.present && now !== then && (
        <>
          <h3 className="mt-4 mb-1 text-sm font-medium">{t.asNow}</h3>
          <Words words={now} />
        </>
      )}
      {earlier.length > 0 && (
        <details className="mt-4 text-sm">
          <summary className="min-h-6 cursor-pointer text-muted">{t.versions}</summary>
          <ul className="mt-2 space-y-3">
            {earlier.map(({ version, taken_at, content }) => (
              <li key={taken_at}>
                <p className="text-xs text-muted">
                  {version !== null && t.version(String(version))} {moment(taken_at)}
                </p>
                <Words words={wordsOf(content)} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </Card>
  );
}

function Words({ words }: { words: string }) {
  const t = useTexts(texts);
  return (
    <blockquote dir="auto" className="rounded-control bg-sunken p-3 break-words whitespace-pre-wrap">
      {words || <span className="text-muted">{t.noWords}</span>}
    </blockquote>
  );
}
