import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { TextField } from '@sharestack/ui/TextField.tsx';
import { X } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import type { Group } from '../queries.ts';
import { GroupProblem } from './GroupProblem.tsx';
import { addFlair, deleteFlair } from './queries.ts';
import { managingTexts } from './texts.ts';
import { useGroupAction } from './useGroupAction.ts';

/** Labels for posts of the group. */
export function Flairs({ group: { slug, flairs } }: { group: Group }) {
  const t = useTexts(managingTexts);
  const [name, setName] = useState('');
  const { run, isPending, error } = useGroupAction(slug, () => setName(''));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim()) run((api) => addFlair(api, slug, name.trim()));
  };
  return (
    <section aria-label={t.flairs}>
      <h2 className="font-display text-xl">{t.flairs}</h2>
      <p className="mt-1 text-muted">{t.flairsHint}</p>
      {flairs.length === 0 && <p className="mt-3 text-sm text-muted">{t.noFlairs}</p>}
      <ul className="mt-3 flex flex-wrap gap-2">
        {flairs.map((flair) => (
          <li key={flair.id} className="inline-flex items-center rounded-full bg-sunken pl-3">
            <bdi>{flair.name}</bdi>
            <button
              type="button"
              aria-label={t.deleteFlair(flair.name)}
              disabled={isPending}
              onClick={() => run((api) => deleteFlair(api, slug, flair.id))}
              className="grid size-11 place-items-center"
            >
              <X className="size-4" aria-hidden="true" />
            </button>
          </li>
        ))}
      </ul>
      <form onSubmit={submit} noValidate className="mt-3 flex flex-wrap items-start gap-3">
        <TextField
          label={t.flairName}
          name="flair"
          dir="auto"
          maxLength={40}
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <Button type="submit" kind="secondary" className="mt-[1.625rem]" busy={isPending}>
          {t.addFlair}
        </Button>
      </form>
      <GroupProblem error={error} />
    </section>
  );
}
