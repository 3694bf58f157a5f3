import { type ApiProblem, asProblem } from '@sharestack/api/problem.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { type FormEvent, useRef, useState } from 'react';
import { texts } from './texts.ts';

type Fields = Record<string, string>;
type Problems = Record<string, string>;
type FormTexts = (typeof texts)['en'];

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/**
 * A form whose fields belong to the document: what is sent is read from it when it is sent, so a password manager, or
 * somebody who typed before the page was alive, is heard too. After a refusal the first field in question has focus;
 * `failure` is a refusal that is about no field of the form.
 */
export function useIdentityForm(send: (fields: Fields) => Promise<void>, required: readonly string[]) {
  const t = useTexts(texts);
  const form = useRef<HTMLFormElement>(null);
  const [isSending, setSending] = useState(false);
  const [problems, setProblems] = useState<Problems>({});
  const [failure, setFailure] = useState<ApiProblem | null>(null);

  const refuse = (found: Problems, general: ApiProblem | null) => {
    setProblems(found);
    setFailure(general);
    const first = [...(form.current?.elements ?? [])].find((field) => (field as HTMLInputElement).name in found);
    (first as HTMLInputElement | undefined)?.focus();
  };

  const onSubmit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isSending) return;
    const element = event.currentTarget;
    const fields = Object.fromEntries([...new FormData(element)].map(([name, value]) => [name, String(value)]));
    const missing = incomplete(element, fields, required, t);
    if (Object.keys(missing).length > 0) return refuse(missing, null);
    setSending(true);
    refuse({}, null);
    try {
      await send(fields);
    } catch (error) {
      const problem = asProblem(error);
      const found = refused(problem, required, t);
      refuse(found, Object.keys(found).length > 0 ? null : problem);
    } finally {
      setSending(false);
    }
  };
  return { form, onSubmit, isSending, problems, failure };
}

/** What is required and empty, and addresses that are none. */
function incomplete(form: HTMLFormElement, fields: Fields, required: readonly string[], t: FormTexts): Problems {
  const found: Problems = {};
  for (const name of required) {
    const text = fields[name]?.trim() ?? '';
    const field = form.elements.namedItem(name) as HTMLInputElement | null;
    if (!text) found[name] = t.missing;
    else if (field?.type === 'email' && !EMAIL.test(text)) found[name] = t.badEmail;
  }
  return found;
}

/** What the API says about fields of the form, in people's words. */
function refused({ code, fields }: ApiProblem, required: readonly string[], t: FormTexts): Problems {
  const own = code === 'validation_failed' ? undefined : t.problems[code];
  const named = fields.map(({ field, message }): [string, string] => {
    const name = field.split('.').at(-1) ?? field;
    return [name, own ?? t.fieldProblems[name] ?? message];
  });
  return Object.fromEntries(named.filter(([name]) => required.includes(name)));
}
