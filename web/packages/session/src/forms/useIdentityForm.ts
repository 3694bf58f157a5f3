import { type ApiProblem, asProblem } from '@sharestack/api/problem.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { type FormEvent, useRef, useState } from 'react';
import { texts } from './texts.ts';

type Fields = Record<string, string>;
type Problems = Record<string, string>;

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/**
 * A form whose fields belong to the document: what is sent is read from it when it is sent, so a password manager, or
 * somebody who typed before the page was alive, is heard too. After a refusal the first field in question has focus.
 */
export function useIdentityForm(send: (fields: Fields) => Promise<void>, required: readonly string[]) {
  const t = useTexts(texts);
  const form = useRef<HTMLFormElement>(null);
  const [isSending, setSending] = useState(false);
  const [problems, setProblems] = useState<Problems>({});
  const [failure, setFailure] = useState<string | null>(null);

  const refuse = (found: Problems, general: string | null) => {
    setProblems(found);
    setFailure(general);
    const first = [...(form.current?.elements ?? [])].find((field) => (field as HTMLInputElement).name in found);
    (first as HTMLInputElement | undefined)?.focus();
  };

  const textOf = (problem: ApiProblem): string => {
    if (problem.status === 0) return t.offline;
    if (problem.status === 429 && problem.retryAfter) return t.waitSeconds(problem.retryAfter);
    return t.problems[problem.code] ?? t.failed;
  };

  const onSubmit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isSending) return;
    const fields = Object.fromEntries(
      [...new FormData(event.currentTarget)].map(([name, value]) => [name, String(value)]),
    );
    const missing = Object.fromEntries(
      required.filter((name) => !fields[name]?.trim()).map((name) => [name, t.missing]),
    );
    if (!missing.email && !EMAIL.test(fields.email?.trim() ?? '')) missing.email = t.badEmail;
    if (Object.keys(missing).length > 0) return refuse(missing, null);
    setSending(true);
    try {
      await send(fields);
    } catch (error) {
      const problem = asProblem(error);
      const named = problem.fields.map(({ field, message }): [string, string] => {
        const name = field.split('.').at(-1) ?? field;
        return [name, t.fieldProblems[name] ?? message];
      });
      const found = Object.fromEntries(named.filter(([name]) => required.includes(name)));
      refuse(found, Object.keys(found).length > 0 ? null : textOf(problem));
    } finally {
      setSending(false);
    }
  };
  return { form, onSubmit, isSending, problems, failure };
}
