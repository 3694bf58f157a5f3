import { useApi } from '@sharestack/api/context.tsx';
import { asProblem } from '@sharestack/api/problem.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { Dialog } from '@sharestack/ui/Dialog.tsx';
import { TextField } from '@sharestack/ui/TextField.tsx';
import { useMutation } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { problemText } from './problems.ts';
import { chooseUsername } from './queries.ts';
import { actingTexts } from './texts.ts';

interface Props {
  onDone: (username: string) => void;
  onClose: () => void;
}

/** The name under which somebody writes: chosen when it is needed, beside what they were about to do. */
export function ChooseName({ onDone, onClose }: Props) {
  const t = useTexts(actingTexts);
  const api = useApi();
  const { mutate, isPending, error } = useMutation({
    mutationFn: (username: string) =>
      chooseUsername(api, username, Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC'),
    onSuccess: (_, username) => onDone(username),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    // The dialog stands inside of a form now and then: that one is not sent.
    event.stopPropagation();
    const username = String(new FormData(event.currentTarget).get('username')).trim();
    if (username && !isPending) mutate(username);
  };
  const free = error ? asProblem(error).said.suggestions : null;
  return (
    <Dialog title={t.chooseName} onClose={onClose}>
      <form onSubmit={submit} noValidate>
        <TextField
          label={t.username}
          hint={t.usernameHint}
          problem={error ? problemText(t, error) : null}
          name="username"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
        />
        {Array.isArray(free) && free.length > 0 && <p className="mt-2 text-sm">{t.freeNames(free.join(', '))}</p>}
        <Button type="submit" busy={isPending} className="mt-4">
          {t.saveName}
        </Button>
      </form>
    </Dialog>
  );
}
