import { useApi } from '@sharestack/api/context.tsx';
import { asProblem } from '@sharestack/api/problem.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { Dialog } from '@sharestack/ui/Dialog.tsx';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { AddressText } from '../../components/AddressText.tsx';
import { bookTexts } from '../bookTexts.ts';
import { deleteAddress, dropAddress } from '../editing/queries.ts';
import type { SavedAddress } from '../queries.ts';
import { ProblemNote } from './ProblemNote.tsx';

interface Props {
  entry: SavedAddress;
  onClose: () => void;
  onDeleted: () => void;
}

export function DeleteAddress({ entry, onClose, onDeleted }: Props) {
  const t = useTexts(bookTexts);
  const api = useApi();
  const queryClient = useQueryClient();
  const remove = useMutation({
    // Gone is gone, whoever did it.
    mutationFn: () =>
      deleteAddress(api, entry.id).catch((error) => {
        if (!asProblem(error).isMissing) throw error;
      }),
    onSuccess: () => {
      void dropAddress(queryClient, entry.id);
      onDeleted();
    },
  });
  return (
    <Dialog title={t.removeTitle} onClose={onClose}>
      <AddressText address={entry.address} />
      <p className="mt-3 text-muted">{t.removeBody}</p>
      <div className="mt-5 flex flex-wrap items-center gap-3">
        <Button busy={remove.isPending} onClick={() => remove.mutate()}>
          {t.removeYes}
        </Button>
        <Button kind="secondary" onClick={onClose}>
          {t.keep}
        </Button>
      </div>
      <div className="mt-3">
        <ProblemNote error={remove.error} />
      </div>
    </Dialog>
  );
}
