import { useApi } from '@sharestack/api/context.tsx';
import { asProblem } from '@sharestack/api/problem.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { FormFailure } from '@sharestack/session/forms/FormFailure.tsx';
import { useIdentityForm } from '@sharestack/session/forms/useIdentityForm.ts';
import { Button } from '@sharestack/ui/Button.tsx';
import { TextField } from '@sharestack/ui/TextField.tsx';
import { useState } from 'react';
import { changeProfile, type OwnProfile } from '../queries.ts';
import { LanguageField } from './LanguageField.tsx';
import { ProfileConflict } from './ProfileConflict.tsx';
import { accountTexts } from './texts.ts';
import { useOwnProfile } from './useOwnProfile.ts';

const isSame = (one: OwnProfile, other: OwnProfile) =>
  one.full_name === other.full_name && one.language === other.language;

/** What was typed stays in the fields whatever happens elsewhere; a change from elsewhere is shown beside them. */
export function ProfileForm({ profile }: { profile: OwnProfile }) {
  const t = useTexts(accountTexts);
  const api = useApi();
  const own = useOwnProfile();
  const [known, setKnown] = useState(profile);
  const [conflict, setConflict] = useState<OwnProfile | null>(null);
  const [isSaved, setSaved] = useState(false);
  const { form, onSubmit, isSending, problems, failure } = useIdentityForm(
    async ({ full_name = '', language = profile.language }) => {
      setSaved(false);
      // Another form of the page may have saved its part of the same document.
      const held = own.held();
      const { version } = held && isSame(held, known) ? held : known;
      try {
        const now = await changeProfile(api, { full_name: full_name.trim(), language, version });
        own.keep(now);
        setKnown(now);
        setConflict(null);
        setSaved(true);
      } catch (refusal) {
        if (asProblem(refusal).code !== 'version_conflict') throw refusal;
        const now = await own.read();
        setKnown(now);
        setConflict(now);
      }
    },
    ['full_name'],
  );
  const takeTheirs = (now: OwnProfile) => {
    for (const name of ['full_name', 'language'] as const) {
      const field = form.current?.elements.namedItem(name) as HTMLInputElement | HTMLSelectElement | null;
      if (field) field.value = now[name];
    }
    setConflict(null);
  };
  return (
    <form
      ref={form}
      onSubmit={onSubmit}
      onInput={() => setSaved(false)}
      method="post"
      noValidate
      className="max-w-md space-y-5"
    >
      <TextField
        label={t.name}
        name="full_name"
        autoComplete="name"
        dir="auto"
        maxLength={200}
        defaultValue={profile.full_name}
        hint={t.nameHint}
        problem={problems.full_name}
      />
      <LanguageField chosen={profile.language} />
      {conflict && <ProfileConflict now={conflict} onTake={() => takeTheirs(conflict)} />}
      <FormFailure problem={failure} />
      <div className="flex flex-wrap items-center gap-4">
        <Button type="submit" busy={isSending}>
          {t.save}
        </Button>
        <p role="status" className="text-sm text-brand">
          {isSaved && t.saved}
        </p>
      </div>
    </form>
  );
}
