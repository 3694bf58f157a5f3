import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { Dialog } from '@sharestack/ui/Dialog.tsx';
import { type QueryKey, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { EditForm } from './EditForm.tsx';
import type { Field, Values } from './field.ts';
import { useNotify } from './Notices.tsx';
import { ProblemNote } from './ProblemNote.tsx';
import { texts } from './texts.ts';
import { useAction } from './useAction.ts';
import type { Stored } from './useEditForm.ts';

interface Props {
  title: string;
  fields: readonly Field[];
  initial: Values;
  /** Of one that is there; a new one has none. */
  version?: number;
  send: (values: Values, version: number | undefined) => Promise<unknown>;
  reload?: () => Promise<Stored>;
  /** Deletes it, after it was asked for by these words. */
  remove?: { label: string; body: string; act: () => Promise<unknown> };
  /** Keys whose answers are another now. */
  changes: readonly QueryKey[];
  words?: Record<string, string>;
  /** Hears of each choice while the form is written: fields may depend on it. */
  onChoice?: (name: string, value: string) => void;
  onClose: () => void;
  children?: ReactNode;
}

/** One thing of a short list: made, changed or deleted in front of the list. */
export function ItemDialog(props: Props) {
  const { title, fields, initial, version, send, reload, remove, changes, words, onChoice, onClose, children } = props;
  const t = useTexts(texts);
  const client = useQueryClient();
  const notify = useNotify();
  return (
    <Dialog title={title} onClose={onClose}>
      <div
        onChange={({ target }) => {
          if (target instanceof HTMLSelectElement) onChoice?.(target.name, target.value);
        }}
      >
        <EditForm
          label={title}
          fields={fields}
          initial={initial}
          {...(version === undefined ? {} : { version })}
          {...(words ? { words } : {})}
          {...(reload ? { reload } : {})}
          send={(values, about) => send(values, about.version)}
          onSaved={() => {
            for (const queryKey of changes) void client.invalidateQueries({ queryKey });
            notify(t.saved);
            onClose();
          }}
          onCancel={onClose}
        >
          {children}
          {remove && <Remove {...remove} changes={changes} words={words} onDone={onClose} />}
        </EditForm>
      </div>
    </Dialog>
  );
}

interface RemoveProps {
  label: string;
  body: string;
  act: () => Promise<unknown>;
  changes: readonly QueryKey[];
  words: Record<string, string> | undefined;
  onDone: () => void;
}

function Remove({ label, body, act, changes, words, onDone }: RemoveProps) {
  const [isAsked, setAsked] = useState(false);
  const { run, isPending, error } = useAction({ act, changes, isShownHere: true, onDone });
  return (
    <div className="border-t border-line pt-3 text-sm">
      {isAsked && <p className="mb-2">{body}</p>}
      <ProblemNote error={error} words={words} />
      <Button kind="danger" busy={isPending} className="sm:min-h-9" onClick={() => (isAsked ? run() : setAsked(true))}>
        {label}
      </Button>
    </div>
  );
}
