import { useApi } from '@sharestack/api/context.tsx';
import { asProblem } from '@sharestack/api/problem.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useSession } from '@sharestack/session/context.tsx';
import { FormFailure } from '@sharestack/session/forms/FormFailure.tsx';
import { Button, type ButtonKind } from '@sharestack/ui/Button.tsx';
import { useMutation } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { type VerifiedEmail, verifyEmail } from '../queries.ts';
import { isBroken } from './LinkAction.tsx';
import { letterTexts } from './texts.ts';

interface Props {
  token: string;
  label: string;
  kind?: ButtonKind;
  /** This page, to come back to after signing in. */
  next: string;
  onDone: (verified: VerifiedEmail) => void;
  onBroken: () => void;
}

/** Proves the address, or says that the account which asked for a change of it has to be signed in. */
export function ConfirmAddress({ token, label, kind = 'primary', next, onDone, onBroken }: Props) {
  const t = useTexts(letterTexts);
  const api = useApi();
  const session = useSession();
  const router = useRouter();
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => verifyEmail(api, token),
    onSuccess: onDone,
    onError: (refusal) => {
      if (isBroken(refusal)) onBroken();
    },
  });
  // Who is signed in is somebody else: they leave first.
  const signInAgain = async () => {
    if (session.state.status === 'signed-in') await session.signOut();
    await router.navigate({ to: '/sign-in', search: { next } });
  };
  const problem = error && !isBroken(error) ? asProblem(error) : null;
  return (
    <div className="mt-6">
      <Button kind={kind} className="w-full" busy={isPending} onClick={() => mutate()}>
        {label}
      </Button>
      <div className="mt-2">
        <FormFailure problem={problem} words={{ sign_in_required: t.verifyNeedsSignIn, email_taken: t.verifyTaken }} />
        {problem?.code === 'sign_in_required' && (
          <Button className="mt-3 w-full" onClick={() => void signInAgain()}>
            {t.toSignIn}
          </Button>
        )}
      </div>
    </div>
  );
}
