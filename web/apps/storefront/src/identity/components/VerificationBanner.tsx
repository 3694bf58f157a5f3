import { useApi } from '@sharestack/api/context.tsx';
import { asProblem } from '@sharestack/api/problem.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { FormFailure } from '@sharestack/session/forms/FormFailure.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { useMutation } from '@tanstack/react-query';
import { MailWarning } from 'lucide-react';
import { accountTexts } from '../account/texts.ts';
import { sendVerification } from '../queries.ts';

/** The address is not proven yet: what to do, and the letter once more. */
export function VerificationBanner({ email }: { email: string }) {
  const t = useTexts(accountTexts);
  const api = useApi();
  const { mutate, isPending, isSuccess, error } = useMutation({ mutationFn: () => sendVerification(api) });
  return (
    <div className="flex gap-3 rounded-card bg-warn-soft p-4 text-sm">
      <MailWarning className="mt-0.5 size-5 shrink-0 text-warn" strokeWidth={1.75} aria-hidden="true" />
      <div className="min-w-0">
        <p className="font-medium">{t.verifyTitle}</p>
        <p className="mt-0.5 break-words text-muted">{t.verifyBody(email)}</p>
        <p role="status" className="text-brand">
          {isSuccess && t.verifySent}
        </p>
        <FormFailure problem={error ? asProblem(error) : null} />
        {!isSuccess && (
          <Button kind="quiet" className="-mb-2 -ml-5" busy={isPending} onClick={() => mutate()}>
            {t.verifySend}
          </Button>
        )}
      </div>
    </div>
  );
}
