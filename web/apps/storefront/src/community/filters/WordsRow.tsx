import { useApi } from '@sharestack/api/context.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ConfirmDelete } from '../acting/ConfirmDelete.tsx';
import { focusHeading } from '../components/focusHeading.ts';
import { POSTS_KEY } from '../queries.ts';
import { Ending } from './Ending.tsx';
import { deleteWords, WORDS_KEY, type WordFilter } from './queries.ts';
import { filtersTexts } from './texts.ts';
import { WordsForm } from './WordsForm.tsx';

export function WordsRow({ filter }: { filter: WordFilter }) {
  const t = useTexts(filtersTexts);
  const api = useApi();
  const queryClient = useQueryClient();
  const [open, setOpen] = useState<'edit' | 'delete' | null>(null);
  const close = () => setOpen(null);
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => deleteWords(api, filter.id),
    onSuccess: async () => {
      void queryClient.invalidateQueries({ queryKey: POSTS_KEY, refetchType: 'none' });
      await queryClient.invalidateQueries({ queryKey: WORDS_KEY });
      close();
      focusHeading();
    },
  });
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 py-4">
      <div className="min-w-40 grow basis-0">
        <p dir="auto" className="font-medium break-words">
          {filter.phrase}
        </p>
        <p className="text-sm text-muted">
          {t.actions[filter.action]} · <Ending until={filter.until} />
        </p>
      </div>
      <Button kind="secondary" aria-label={t.editOf(filter.phrase)} onClick={() => setOpen('edit')}>
        {t.edit}
      </Button>
      <Button kind="quiet" aria-label={t.deleteOf(filter.phrase)} onClick={() => setOpen('delete')}>
        {t.delete}
      </Button>
      {open === 'edit' && <WordsForm filter={filter} onClose={close} />}
      {open === 'delete' && (
        <ConfirmDelete
          title={t.deleteSure(filter.phrase)}
          isPending={isPending}
          error={error}
          onConfirm={() => mutate()}
          onClose={close}
        />
      )}
    </li>
  );
}
