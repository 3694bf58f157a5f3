import { useApi } from '@sharestack/api/context.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { Dialog } from '@sharestack/ui/Dialog.tsx';
import { TextField } from '@sharestack/ui/TextField.tsx';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { ProblemNote } from '../acting/ProblemNote.tsx';
import { POSTS_KEY } from '../queries.ts';
import { LastDayField } from './LastDayField.tsx';
import { dayOf, endOf, isOver } from './lastDays.ts';
import { changeWords, createWords, WORDS_KEY, type WordFilter } from './queries.ts';
import { filtersTexts } from './texts.ts';

const MOST_CHARACTERS = 100;

interface Written {
  phrase: string;
  action: WordFilter['action'];
  /** Left out where the day stays what it is: the moment that is stored stays, too. */
  until?: string | null;
}

function writtenIn(form: HTMLFormElement, before: WordFilter | null): Written {
  const data = new FormData(form);
  const day = String(data.get('day'));
  const isSame = day === dayOf(before?.until ?? null);
  return {
    phrase: String(data.get('phrase')).trim(),
    action: data.get('action') === 'fold' ? 'fold' : 'hide',
    ...(isSame ? {} : { until: endOf(day) }),
  };
}

/** Words that are filtered: new ones, or a change of those that are. */
export function WordsForm({ filter, onClose }: { filter: WordFilter | null; onClose: () => void }) {
  const t = useTexts(filtersTexts);
  const api = useApi();
  const queryClient = useQueryClient();
  const [fault, setFault] = useState<'phrase' | 'day' | null>(null);
  const { mutate, isPending, error } = useMutation({
    mutationFn: (written: Written) => (filter ? changeWords(api, filter.id, written) : createWords(api, written)),
    onSuccess: async () => {
      void queryClient.invalidateQueries({ queryKey: POSTS_KEY, refetchType: 'none' });
      await queryClient.invalidateQueries({ queryKey: WORDS_KEY });
      onClose();
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const written = writtenIn(event.currentTarget, filter);
    const found = written.phrase === '' ? 'phrase' : isOver(written.until ?? null) ? 'day' : null;
    setFault(found);
    if (!found && !isPending) mutate(written);
  };
  return (
    <Dialog title={filter ? t.editWords : t.addWords} onClose={onClose}>
      <form onSubmit={submit} noValidate className="space-y-4">
        <TextField
          label={t.phrase}
          hint={t.phraseHint}
          problem={fault === 'phrase' ? t.phraseMissing : null}
          name="phrase"
          dir="auto"
          autoComplete="off"
          maxLength={MOST_CHARACTERS}
          defaultValue={filter?.phrase ?? ''}
        />
        <ActionField chosen={filter?.action ?? 'hide'} />
        <LastDayField until={filter?.until ?? null} isPast={fault === 'day'} />
        <ProblemNote error={error} words={t.problems} />
        <div className="flex flex-wrap gap-3">
          <Button type="submit" busy={isPending}>
            {t.save}
          </Button>
          <Button kind="secondary" onClick={onClose}>
            {t.cancel}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function ActionField({ chosen }: { chosen: WordFilter['action'] }) {
  const t = useTexts(filtersTexts);
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block text-sm font-medium">
        {t.action}
      </label>
      <select
        id={id}
        name="action"
        defaultValue={chosen}
        className="min-h-11 w-full rounded-control border border-control bg-surface px-3"
      >
        <option value="hide">{t.actions.hide}</option>
        <option value="fold">{t.actions.fold}</option>
      </select>
    </div>
  );
}
