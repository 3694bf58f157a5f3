import { Card } from '@sharestack/console/Card.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import type { ErrorDetails } from '../queries.ts';
import { texts } from '../texts.ts';

/** The calls that led to an error; those of our own code stand out. */
export function Stack({ error }: { error: ErrorDetails }) {
  const t = useTexts(texts);
  return (
    <Card title={t.stack}>
      {error.exceptions.map((exception) => (
        <div key={`${exception.type} ${exception.message}`} className="mb-4 last:mb-0">
          <p className="text-sm break-words">
            <strong>{exception.type}</strong> {exception.message}
          </p>
          <ol className="mt-2 space-y-0.5 font-mono text-xs">
            {exception.frames.map((frame, index) => (
              <li key={index} className={`break-all ${frame.in_app ? '' : 'text-muted'}`}>
                {frame.module} {frame.function}
                {frame.line !== null && ` ${t.line(frame.line)}`}
              </li>
            ))}
          </ol>
        </div>
      ))}
    </Card>
  );
}
