import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { Dialog } from '@sharestack/ui/Dialog.tsx';
import { TextField } from '@sharestack/ui/TextField.tsx';
import { type FormEvent, useState } from 'react';
import { composingTexts } from './texts.ts';

interface Props {
  onSchedule: (publishAt: string) => void;
  onClose: () => void;
}

/** When a post is published: a moment of the writer's own time zone. */
export function ScheduleDialog({ onSchedule, onClose }: Props) {
  const t = useTexts(composingTexts);
  const [isMissing, setMissing] = useState(false);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const at = new Date(String(new FormData(event.currentTarget).get('at')));
    const isFuture = at.getTime() > Date.now();
    setMissing(!isFuture);
    if (isFuture) onSchedule(at.toISOString());
  };
  return (
    <Dialog title={t.schedule} onClose={onClose}>
      <form onSubmit={submit} noValidate>
        <TextField
          label={t.scheduleAt}
          hint={t.scheduleHint}
          problem={isMissing ? t.scheduleMissing : null}
          type="datetime-local"
          name="at"
        />
        <div className="mt-4 flex flex-wrap gap-3">
          <Button type="submit">{t.schedule}</Button>
          <Button kind="secondary" onClick={onClose}>
            {t.cancel}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
