import { useTexts } from '@sharestack/i18n/locale.tsx';
import { FormFailure } from '@sharestack/session/forms/FormFailure.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { TextArea } from '@sharestack/ui/TextArea.tsx';
import { TextField } from '@sharestack/ui/TextField.tsx';
import { useId } from 'react';
import type { OwnProfile } from '../queries.ts';
import { PublicConflict } from './PublicConflict.tsx';
import { publicTexts } from './publicTexts.ts';
import { ownDisplayName, usePublicForm } from './usePublicForm.ts';

const MOST_DISPLAYED = 60;
const MOST_BIO = 500;

/** What others see; what was typed stays in the fields whatever happens elsewhere. */
export function PublicProfileForm({ profile }: { profile: OwnProfile }) {
  const t = useTexts(publicTexts);
  const { form, onSubmit, isSending, problems, failure, conflict, takeTheirs, isSaved, touch } = usePublicForm(profile);
  const free = failure?.said.suggestions;
  return (
    <form ref={form} onSubmit={onSubmit} onInput={touch} method="post" noValidate className="max-w-md space-y-5">
      <TextField
        label={t.username}
        name="username"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={120}
        defaultValue={profile.username ?? ''}
        hint={t.usernameHint}
        problem={problems.username ?? (failure?.code === 'username_taken' ? t.usernameTaken : undefined)}
      />
      {Array.isArray(free) && free.length > 0 && <p className="text-sm">{t.freeNames(free.join(', '))}</p>}
      <TextField
        label={t.displayName}
        name="display_name"
        autoComplete="nickname"
        dir="auto"
        maxLength={MOST_DISPLAYED}
        defaultValue={ownDisplayName(profile)}
        hint={t.displayNameHint}
      />
      <TextArea
        label={t.bio}
        hint={t.bioHint}
        name="bio"
        dir="auto"
        rows={4}
        maxLength={MOST_BIO}
        defaultValue={profile.bio ?? ''}
      />
      <PrivateField isPrivate={profile.is_private ?? false} />
      {conflict && <PublicConflict now={conflict} onTake={() => takeTheirs(conflict)} />}
      <FormFailure problem={failure} words={t.problems} />
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

function PrivateField({ isPrivate }: { isPrivate: boolean }) {
  const t = useTexts(publicTexts);
  const id = useId();
  return (
    <div>
      <label className="flex min-h-11 items-center gap-3">
        <input
          type="checkbox"
          name="is_private"
          defaultChecked={isPrivate}
          aria-describedby={id}
          className="size-5 shrink-0 accent-brand"
        />
        {t.isPrivate}
      </label>
      <p id={id} className="text-sm text-muted">
        {t.isPrivateHint}
      </p>
    </div>
  );
}
