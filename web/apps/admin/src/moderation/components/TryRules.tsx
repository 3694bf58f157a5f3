import { useApi } from '@sharestack/api/context.tsx';
import { EditForm } from '@sharestack/console/EditForm.tsx';
import type { Field } from '@sharestack/console/field.ts';
import { Mark } from '@sharestack/console/Mark.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useState } from 'react';
import { type Trial, tryRules } from '../queries.ts';
import { texts } from '../texts.ts';

/** Tries the rules, and a phrase that is none yet, at a text. */
export function TryRules() {
  const t = useTexts(texts);
  const api = useApi();
  const [trial, setTrial] = useState<Trial | null>(null);
  const fields: Field[] = [
    { name: 'text', label: t.tryText, kind: 'lines', required: true, maxLength: 20_000, rows: 3 },
    { name: 'phrase', label: t.tryDraft, kind: 'text', maxLength: 200, wide: true },
  ];
  return (
    <details className="rounded-card border border-line bg-surface p-5">
      <summary className="min-h-6 cursor-pointer font-semibold">{t.tryOut}</summary>
      <p className="mt-1 mb-4 text-sm text-muted">{t.tryOutLead}</p>
      <EditForm
        label={t.tryOut}
        fields={fields}
        action={t.tryNow}
        words={t.problems}
        send={({ text, phrase }) =>
          tryRules(api, { text: String(text), ...(phrase ? { rule: { phrase: String(phrase), action: 'flag' } } : {}) })
        }
        onSaved={setTrial}
      />
      <div role="status" className="mt-4 empty:hidden">
        {trial && <Result trial={trial} />}
      </div>
    </details>
  );
}

function Result({ trial }: { trial: Trial }) {
  const t = useTexts(texts);
  return (
    <>
      <p>
        <Mark tone={trial.outcome === 'accept' ? 'good' : trial.outcome === 'flag' ? 'warn' : 'bad'}>
          {t.outcomes[trial.outcome] ?? trial.outcome}
        </Mark>
      </p>
      {trial.matches.length === 0 ? (
        <p className="mt-2 text-sm text-muted">{t.noMatches}</p>
      ) : (
        <ul className="mt-2 space-y-1.5 text-sm">
          {trial.matches.map((match) => (
            <li key={`${match.rule_id} ${match.start}`}>
              <bdi className="font-medium">{match.phrase}</bdi> ({match.rule_id ? t.ruleActions[match.action] : t.draft}
              ): <bdi className="text-muted">{match.excerpt}</bdi>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
