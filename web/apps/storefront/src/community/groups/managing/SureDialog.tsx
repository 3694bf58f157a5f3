import type { Api } from '@sharestack/api/client.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { Dialog } from '@sharestack/ui/Dialog.tsx';
import { GroupProblem } from './GroupProblem.tsx';
import { managingTexts } from './texts.ts';
import { useGroupAction } from './useGroupAction.ts';

interface Props {
  slug: string;
  title: string;
  body: string;
  action: string;
  act: (api: Api) => Promise<unknown>;
  onClose: () => void;
}

/** A question before what is not easily undone. */
export function SureDialog({ slug, title, body, action, act, onClose }: Props) {
  const t = useTexts(managingTexts);
  const { run, isPending, error } = useGroupAction(slug, onClose);
  return (
    <Dialog title={title} onClose={onClose}>
      <p>{body}</p>
      <div className="mt-5 flex flex-wrap gap-3">
        <Button kind="danger" busy={isPending} onClick={() => run(act)}>
          {action}
        </Button>
        <Button kind="secondary" onClick={onClose}>
          {t.cancel}
        </Button>
      </div>
      <GroupProblem error={error} />
    </Dialog>
  );
}
