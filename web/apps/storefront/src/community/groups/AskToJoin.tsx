import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { Dialog, useTypedBeforeClose } from '@sharestack/ui/Dialog.tsx';
import { TextArea } from '@sharestack/ui/TextArea.tsx';
import { type FormEvent, useRef } from 'react';
import { ProblemNote } from '../acting/ProblemNote.tsx';
import { groupsTexts } from './texts.ts';

interface Props {
  isPending: boolean;
  error: unknown;
  onAsk: (message: string) => void;
  onClose: () => void;
}

/** A request to join, with some words to those who decide. */
export function AskToJoin(props: Props) {
  const t = useTexts(groupsTexts);
  return (
    <Dialog title={t.askTitle} onClose={props.onClose}>
      <AskForm {...props} />
    </Dialog>
  );
}

function AskForm({ isPending, error, onAsk, onClose }: Props) {
  const t = useTexts(groupsTexts);
  const form = useRef<HTMLFormElement>(null);
  useTypedBeforeClose(form);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (!isPending) onAsk(String(new FormData(event.currentTarget).get('message') ?? '').trim());
  };
  return (
    <form ref={form} onSubmit={submit}>
      <TextArea label={t.askMessage} hint={t.askHint} name="message" dir="auto" rows={4} maxLength={500} />
      <div className="mt-4 flex flex-wrap gap-3">
        <Button type="submit" busy={isPending}>
          {t.send}
        </Button>
        <Button kind="secondary" onClick={onClose}>
          {t.cancel}
        </Button>
      </div>
      <ProblemNote error={error} />
    </form>
  );
}
