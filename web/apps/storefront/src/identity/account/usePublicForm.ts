import { useApi } from '@sharestack/api/context.tsx';
import { asProblem } from '@sharestack/api/problem.ts';
import { useIdentityForm } from '@sharestack/session/forms/useIdentityForm.ts';
import { useState } from 'react';
import { changeProfile, type OwnProfile } from '../queries.ts';
import { useOwnProfile } from './useOwnProfile.ts';

/** What the form of the public profile is about; other forms change the rest of the same document. */
const FIELDS = ['username', 'display_name', 'bio', 'is_private'] as const;

const isSame = (one: OwnProfile, other: OwnProfile) => FIELDS.every((field) => one[field] === other[field]);

/** The name that is shown, where it is another than the username. */
export const ownDisplayName = ({ display_name: shown, username }: OwnProfile) =>
  shown && shown !== username ? shown : '';

type Written = Pick<OwnProfile, 'username' | 'display_name' | 'bio' | 'is_private'>;

const written = (fields: Record<string, string>): Written => ({
  username: (fields.username ?? '').trim(),
  display_name: (fields.display_name ?? '').trim() || null,
  bio: fields.bio ?? '',
  is_private: fields.is_private === 'on',
});

/** Saves what others see. A change from elsewhere matters where it is one of these fields; then both are shown. */
export function usePublicForm(profile: OwnProfile) {
  const api = useApi();
  const own = useOwnProfile();
  const [known, setKnown] = useState(profile);
  const [conflict, setConflict] = useState<OwnProfile | null>(null);
  const [isSaved, setSaved] = useState(false);
  const save = async (change: Written, version: number, isAgain = false): Promise<void> => {
    try {
      const now = await changeProfile(api, { ...change, version });
      own.keep(now);
      setKnown(now);
      setConflict(null);
      setSaved(true);
    } catch (refusal) {
      if (asProblem(refusal).code !== 'version_conflict') throw refusal;
      const now = await own.read();
      if (isSame(now, known) && !isAgain) return save(change, now.version, true);
      setKnown(now);
      setConflict(now);
    }
  };
  const form = useIdentityForm(
    (fields) => {
      setSaved(false);
      const held = own.held();
      return save(written(fields), held && isSame(held, known) ? held.version : known.version);
    },
    ['username'],
  );
  const takeTheirs = (now: OwnProfile) => {
    const texts = { username: now.username ?? '', display_name: ownDisplayName(now), bio: now.bio ?? '' };
    for (const [name, value] of Object.entries(texts)) {
      const field = form.form.current?.elements.namedItem(name) as HTMLInputElement | null;
      if (field) field.value = value;
    }
    const isPrivate = form.form.current?.elements.namedItem('is_private') as HTMLInputElement | null;
    if (isPrivate) isPrivate.checked = now.is_private ?? false;
    setConflict(null);
  };
  return { ...form, conflict, takeTheirs, isSaved, touch: () => setSaved(false) };
}
