import { useApi } from '@sharestack/api/context.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useSession } from '@sharestack/session/context.tsx';
import { FormFailure } from '@sharestack/session/forms/FormFailure.tsx';
import { PasswordField } from '@sharestack/session/forms/PasswordField.tsx';
import { useIdentityForm } from '@sharestack/session/forms/useIdentityForm.ts';
import { Button } from '@sharestack/ui/Button.tsx';
import { useRouter } from '@tanstack/react-router';
import { eraseAccount } from '../queries.ts';
import { accountTexts } from './texts.ts';

/** Closes the account. The API has ended all sessions then, so what follows is said on a page for anybody. */
export function EraseForm({ onCancel }: { onCancel: () => void }) {
  const t = useTexts(accountTexts);
  const api = useApi();
  const session = useSession();
  const router = useRouter();
  const { form, onSubmit, isSending, problems, failure } = useIdentityForm(
    async ({ password = '', reviews }) => {
      const { due_at } = await eraseAccount(api, password, reviews === 'on');
      await router.navigate({ to: '/keep-account', search: { until: due_at }, replace: true });
      session.leave();
    },
    ['password'],
  );
  return (
    <form ref={form} onSubmit={onSubmit} method="post" noValidate className="mt-5 space-y-5">
      <PasswordField isNew={false} label={t.currentPassword} problem={problems.password} />
      <label className="flex min-h-11 items-center gap-3 text-sm">
        <input type="checkbox" name="reviews" className="size-4.5 shrink-0 accent-brand" />
        {t.eraseReviews}
      </label>
      <FormFailure problem={failure} />
      <div className="flex flex-wrap justify-end gap-3">
        <Button kind="secondary" onClick={onCancel}>
          {t.eraseCancel}
        </Button>
        <Button type="submit" kind="danger" busy={isSending}>
          {t.eraseConfirm}
        </Button>
      </div>
    </form>
  );
}
