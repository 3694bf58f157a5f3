import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useSessionState } from '@sharestack/session/context.tsx';
import { TextField } from '@sharestack/ui/TextField.tsx';
import { Link, useLocation } from '@tanstack/react-router';
import { texts } from '../texts.ts';
import { Section } from './Section.tsx';

interface Props {
  email: string;
  problem: string | undefined;
}

/** A guest's address; of who is signed in, it is the account's. */
export function ContactFields({ email, problem }: Props) {
  const t = useTexts(texts);
  const state = useSessionState();
  const { publicHref } = useLocation();
  if (state.status === 'signed-in') {
    return (
      <Section title={t.contact}>
        <p className="break-words">
          <span className="text-muted">{t.signedInAs}</span> <bdi>{state.user?.full_name}</bdi>
          <bdi className="block text-sm text-muted">{state.user?.email}</bdi>
        </p>
      </Section>
    );
  }
  const signIn = (
    <p className="text-sm text-muted">
      {t.haveAccount}{' '}
      <Link
        to="/sign-in"
        search={{ next: publicHref }}
        className="inline-flex min-h-11 items-center font-medium text-brand underline underline-offset-4"
      >
        {t.signIn}
      </Link>
    </p>
  );
  return (
    <Section title={t.contact} aside={signIn}>
      <TextField
        label={t.email}
        name="email"
        type="email"
        inputMode="email"
        autoComplete="email"
        maxLength={254}
        required
        aria-required
        defaultValue={email}
        hint={t.emailHint}
        problem={problem}
      />
    </Section>
  );
}
