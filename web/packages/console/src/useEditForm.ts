import { type ApiProblem, asProblem } from '@sharestack/api/problem.ts';
import { useRequestKey } from '@sharestack/api/useRequestKey.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { Field, FieldProblems, Values } from './field.ts';
import { isSame, readFields } from './fieldValues.ts';
import { texts } from './texts.ts';

/** What is stored now, for who finds that somebody else changed it; null where it was deleted. */
export interface Stored {
  values: Values;
  version: number;
}

export interface EditOptions<Saved> {
  fields: readonly Field[];
  /** What the form was opened with. */
  initial?: Values;
  /** As it was when the form was opened: what is sent replaces that and nothing newer. */
  version?: number;
  send: (values: Values, about: { key: string; version: number | undefined }) => Promise<Saved>;
  onSaved: (saved: Saved) => void;
  /** Reads again what is stored, after a `version_conflict`. */
  reload?: () => Promise<Stored | null>;
  /** What is stored once it is saved, for a form that stays open. */
  storedOf?: (saved: Saved) => Stored;
}

export interface Conflict {
  mine: Values;
  theirs: Stored | null;
}

/** Null where it was refused: the form shows why. */
type Sent<Saved> = { saved: Saved } | null;

/** A form whose text is the document's: one save at a time, refusals beside their fields, conflicts shown and settled. */
export function useEditForm<Saved>(options: EditOptions<Saved>) {
  const { fields, version, send, onSaved, reload, storedOf } = options;
  const t = useTexts(texts);
  const form = useRef<HTMLFormElement>(null);
  const keyOf = useRequestKey();
  const isSending = useRef(false);
  const [base, setBase] = useState(version);
  /** What `base` says of these fields. */
  const opened = useRef<Values>(options.initial ?? {});
  const [isPending, setPending] = useState(false);
  const [isDirty, setDirty] = useState(false);
  const [problems, setProblems] = useState<FieldProblems>({});
  const [failure, setFailure] = useState<ApiProblem | null>(null);
  const [conflict, setConflict] = useState<Conflict | null>(null);

  useEffect(() => {
    form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
  }, [problems]);

  /** Shows why it was not saved, or saves it over a version that is as good. */
  const refuse = async (error: unknown, mine: Values, isFirst: boolean): Promise<Sent<Saved>> => {
    const problem = asProblem(error);
    if (problem.code === 'version_conflict' && reload) {
      const theirs = await reload().catch(() => undefined);
      if (theirs && isFirst && fields.every(({ name }) => isSame(theirs.values[name], opened.current[name]))) {
        // Something else about it was changed, perhaps by another form of this page: nobody wrote into these fields.
        return { saved: await send(mine, { key: keyOf([mine, theirs.version]), version: theirs.version }) };
      }
      if (theirs !== undefined) {
        setConflict({ mine, theirs });
        return null;
      }
    }
    const found = ownProblems(problem, fields);
    setProblems(found);
    setFailure(Object.keys(found).length > 0 && Object.keys(found).length === problem.fields.length ? null : problem);
    return null;
  };

  const sent = async (values: Values, over: number | undefined): Promise<Sent<Saved>> => {
    try {
      return { saved: await send(values, { key: keyOf([values, over]), version: over }) };
    } catch (error) {
      return await refuse(error, values, true).catch((later: unknown) => refuse(later, values, false));
    }
  };

  const save = async (values: Values, over: number | undefined) => {
    if (isSending.current) return;
    isSending.current = true;
    setPending(true);
    setFailure(null);
    const answer = await sent(values, over);
    isSending.current = false;
    setPending(false);
    if (!answer) return;
    keyOf({ next: crypto.randomUUID() });
    const stored = storedOf?.(answer.saved);
    if (stored) rebase(stored);
    setDirty(false);
    onSaved(answer.saved);
  };

  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    event.stopPropagation();
    const read = readFields(event.currentTarget, fields, t);
    setProblems(read.problems);
    if (Object.keys(read.problems).length === 0) void save(read.values, base);
  };

  const rebase = ({ values, version: newer }: Stored) => {
    opened.current = values;
    setBase(newer);
  };

  const keepMine = () => {
    if (!conflict?.theirs) return;
    setConflict(null);
    rebase(conflict.theirs);
    void save(conflict.mine, conflict.theirs.version);
  };

  const onInput = () => setDirty(true);
  return { form, onSubmit, onInput, isPending, isDirty, problems, failure, conflict, setConflict, keepMine, rebase };
}

/** What the API says about fields of this form; the path's last name is the field's. */
function ownProblems({ fields: said }: ApiProblem, fields: readonly Field[]): FieldProblems {
  const found: FieldProblems = {};
  for (const { field, message } of said) {
    const parts = field.split('.');
    const own = fields.find(({ name }) => parts.includes(name) || field.endsWith(`.${name}`));
    if (own) found[own.name] = message;
  }
  return found;
}
