import { useApi } from '@sharestack/api/context.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { Dialog } from '@sharestack/ui/Dialog.tsx';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { ProblemNote } from '../acting/ProblemNote.tsx';
import { PEOPLE_KEY, setMute } from '../people/queries.ts';
import { type Author, POSTS_KEY } from '../queries.ts';
import { LastDayField } from './LastDayField.tsx';
import { endOf, isOver } from './lastDays.ts';
import { FILTERS_KEY } from './queries.ts';
import { filtersTexts } from './texts.ts';

interface Props {
  person: Author;
  /** When the mute ends as it is now; null is never, or that there is none. */
  until: string | null;
  onClose: () => void;
}

/** Until when somebody is muted. */
export function MuteEnd({ person, until, onClose }: Props) {
  const t = useTexts(filtersTexts);
  const api = useApi();
  const queryClient = useQueryClient();
  const [isPast, setPast] = useState(false);
  const { mutate, isPending, error } = useMutation({
    mutationFn: (end: string | null) => setMute(api, person.id, true, end),
    onSuccess: async () => {
      void queryClient.invalidateQueries({ queryKey: POSTS_KEY, refetchType: 'none' });
      await Promise.all([FILTERS_KEY, PEOPLE_KEY].map((queryKey) => queryClient.invalidateQueries({ queryKey })));
      onClose();
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const end = endOf(String(new FormData(event.currentTarget).get('day')));
    setPast(isOver(end));
    if (!isOver(end) && !isPending) mutate(end);
  };
  return (
    <Dialog title={t.endOf(person.display_name)} onClose={onClose}>
      <form onSubmit={submit} noValidate>
        <LastDayField until={until} isPast={isPast} />
        <ProblemNote error={error} words={t.problems} />
        <div className="mt-4 flex flex-wrap gap-3">
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
