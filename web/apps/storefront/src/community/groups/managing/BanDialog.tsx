import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Dialog } from '@sharestack/ui/Dialog.tsx';
import { useId } from 'react';
import type { Author } from '../../queries.ts';
import { ban } from './queries.ts';
import { ReasonForm } from './ReasonForm.tsx';
import { managingTexts } from './texts.ts';
import { useGroupAction } from './useGroupAction.ts';

const DAY = 86_400_000;
const DAYS = ['7', '1', '30', ''] as const;

interface Props {
  slug: string;
  person: Author;
  onClose: () => void;
}

/** Keeps somebody out of the group, for a while or for ever. */
export function BanDialog({ slug, person, onClose }: Props) {
  const t = useTexts(managingTexts);
  const id = useId();
  const { run, isPending, error } = useGroupAction(slug, onClose);
  const submit = (reason: string, fields: FormData) => {
    const days = Number(fields.get('days'));
    const until = days > 0 ? { until: new Date(Date.now() + days * DAY).toISOString() } : {};
    run((api) => ban(api, slug, person.id, { reason, ...until }));
  };
  const title = t.ban(person.display_name);
  return (
    <Dialog title={title} onClose={onClose}>
      <ReasonForm
        label={title}
        body={t.banBody}
        action={t.banShort}
        isPending={isPending}
        error={error}
        onSubmit={submit}
        onClose={onClose}
      >
        <div>
          <label htmlFor={id} className="mb-1.5 block text-sm font-medium">
            {t.howLong}
          </label>
          <select id={id} name="days" className="min-h-11 w-full rounded-control border border-control bg-surface px-3">
            {DAYS.map((days) => (
              <option key={days} value={days}>
                {t.lengths[days]}
              </option>
            ))}
          </select>
        </div>
      </ReasonForm>
    </Dialog>
  );
}
