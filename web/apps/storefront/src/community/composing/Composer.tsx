import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { type FormEvent, lazy, Suspense, useState } from 'react';
import { ProblemNote } from '../acting/ProblemNote.tsx';
import type { Post } from '../queries.ts';
import { AudienceFields } from './AudienceFields.tsx';
import { PictureFields } from './PictureFields.tsx';
import { PollFields } from './PollFields.tsx';
import { TextField } from './TextField.tsx';
import { composingTexts } from './texts.ts';
import { useComposer } from './useComposer.ts';
import { WarningField } from './WarningField.tsx';

const QuotedPost = lazy(() =>
  import('../components/QuotedPost.tsx').then((module) => ({ default: module.QuotedPost })),
);
const ScheduleDialog = lazy(() =>
  import('./ScheduleDialog.tsx').then((module) => ({ default: module.ScheduleDialog })),
);

interface Props {
  draft: Post | null;
  quoted: Post | null;
  groupId: string | null;
  onSent: (post: Post) => void;
}

/** Where a post is written. Enter makes a new line; nothing is sent but by its button. */
export function Composer({ draft, quoted, groupId, onSent }: Props) {
  const t = useTexts(composingTexts);
  const [isScheduling, setScheduling] = useState(false);
  const quotedId = quoted?.id ?? draft?.quoted?.post?.id ?? null;
  const { written, write, chosen, fault, send, isSending, error, dialog } = useComposer({
    draft,
    quotedId,
    groupId,
    onSent,
  });
  const describe = (id: string, alt: string) =>
    write({ pictures: written.pictures.map((one) => (one.media_id === id ? { ...one, alt } : one)) });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send({ status: 'published' });
  };
  const shown = quoted ? { post: quoted } : draft?.quoted;
  return (
    <>
      <form onSubmit={submit} noValidate aria-label={t.write} className="mt-6 space-y-4">
        <WarningField warning={written.warning} onWrite={(warning) => write({ warning })} />
        <TextField text={written.text} onWrite={(text) => write({ text })} />
        {shown && (
          <Suspense>
            <QuotedPost quoted={shown} />
          </Suspense>
        )}
        <PictureFields chosen={chosen} written={written.pictures} onDescribe={describe} />
        <PollFields poll={written.poll} onWrite={(poll) => write({ poll })} />
        <AudienceFields written={written} onWrite={write} isInGroup={groupId !== null} />
        <div role="alert" className="text-sm text-danger empty:hidden">
          {fault && (fault === 'pictures' ? t.picturesOnTheWay : t.faults[fault])}
        </div>
        <ProblemNote error={error} />
        <div className="flex flex-wrap gap-3">
          <Button type="submit" busy={isSending}>
            {isSending ? t.publishing : t.publish}
          </Button>
          <Button kind="secondary" busy={isSending} onClick={() => send({ status: 'draft' })}>
            {t.saveDraft}
          </Button>
          <Button kind="secondary" busy={isSending} onClick={() => setScheduling(true)}>
            {t.schedule}
          </Button>
        </div>
        <p className="text-sm text-muted">{t.kept}</p>
      </form>
      {isScheduling && (
        <Suspense>
          <ScheduleDialog
            onClose={() => setScheduling(false)}
            onSchedule={(publish_at) => {
              setScheduling(false);
              send({ status: 'scheduled', publish_at });
            }}
          />
        </Suspense>
      )}
      {dialog}
    </>
  );
}
