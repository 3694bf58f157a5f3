import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { TextArea } from '@sharestack/ui/TextArea.tsx';
import { type FormEvent, type ReactNode, useState } from 'react';
import { GroupProblem } from './GroupProblem.tsx';
import { managingTexts } from './texts.ts';

interface Props {
  label: string;
  body: string;
  action: string;
  isRequired?: boolean;
  isPending: boolean;
  error: unknown;
  onSubmit: (reason: string, fields: FormData) => void;
  onClose: () => void;
  /** Above the reason. */
  children?: ReactNode;
}

/** Why somebody is kept out, or something is taken away: they read it. */
export function ReasonForm(props: Props) {
  const { label, body, action, isRequired = false, isPending, error, onSubmit, onClose, children } = props;
  const t = useTexts(managingTexts);
  const [isMissing, setMissing] = useState(false);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const reason = String(fields.get('reason') ?? '').trim();
    setMissing(isRequired && reason === '');
    if (!isRequired || reason !== '') onSubmit(reason, fields);
  };
  return (
    <form onSubmit={submit} noValidate aria-label={label} className="space-y-4">
      <p>{body}</p>
      {children}
      <TextArea label={t.reason} hint={t.reasonHint} name="reason" dir="auto" rows={3} maxLength={500} />
      <p role="alert" className="text-sm text-danger empty:hidden">
        {isMissing && t.reasonNeeded}
      </p>
      <GroupProblem error={error} />
      <div className="flex flex-wrap gap-3">
        <Button type="submit" kind="danger" busy={isPending}>
          {action}
        </Button>
        <Button kind="secondary" onClick={onClose}>
          {t.cancel}
        </Button>
      </div>
    </form>
  );
}
