import { useApi } from '@sharestack/api/context.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { Dialog } from '@sharestack/ui/Dialog.tsx';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type SavedPaymentMethod, savedMethodsQuery } from '../../queries.ts';
import { methodName } from '../methodNames.ts';
import { deleteMethod } from '../queries.ts';
import { paymentTexts } from '../texts.ts';
import { ProblemNote } from './ProblemNote.tsx';

interface Props {
  method: SavedPaymentMethod;
  onClose: (isRemoved: boolean) => void;
}

export function RemoveDialog({ method, onClose }: Props) {
  const t = useTexts(paymentTexts);
  const api = useApi();
  const queryClient = useQueryClient();
  const { queryKey } = savedMethodsQuery(api);
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => deleteMethod(api, method.id),
    onSuccess: () => {
      queryClient.setQueryData(queryKey, (methods) => methods?.filter(({ id }) => id !== method.id));
      onClose(true);
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey }),
  });
  return (
    <Dialog title={t.removeTitle} onClose={() => onClose(false)}>
      <p>{t.removeBody(methodName(method, t))}</p>
      <div className="mt-3">
        <ProblemNote error={error} />
      </div>
      <div className="mt-5 flex flex-wrap justify-end gap-3">
        <Button kind="secondary" onClick={() => onClose(false)}>
          {t.keep}
        </Button>
        <Button busy={isPending} className="bg-danger hover:bg-danger" onClick={() => mutate()}>
          {t.remove}
        </Button>
      </div>
    </Dialog>
  );
}
