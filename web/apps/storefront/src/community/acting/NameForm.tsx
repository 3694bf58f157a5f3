import { useApi } from '@sharestack/api/context.tsx';
import { asProblem } from '@sharestack/api/problem.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { TextField } from '@sharestack/ui/TextField.tsx';
import { useMutation } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { problemText } from './problems.ts';
import { chooseUsername } from './queries.ts';
import { actingTexts } from './texts.ts';

/** A username is chosen: once, and changed by the profile afterwards. What is taken comes with some that are free. */
export function NameForm({ onDone }: { onDone: (username: string) => void }) {
  const t = useTexts(actingTexts);
  const api = useApi();
  const { mutate, isPending, error } = useMutation({
    mutationFn: (username: string) =>
      chooseUsername(api, username, Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC'),
    onSuccess: (_, username) => onDone(username),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    // The form stands inside of another one now and then: that one is not sent.
    event.stopPropagation();
    const username = String(new FormData(event.currentTarget).get('username')).trim();
    if (username && !isPending) mutate(username);
  };
  const free = error ? asProblem(error).said.suggestions : null;
  return (
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
  );
}
