import { useTexts } from '@sharestack/i18n/locale.tsx';
import { TextArea } from '@sharestack/ui/TextArea.tsx';
import { TextField } from '@sharestack/ui/TextField.tsx';
import { managingTexts } from './texts.ts';
import { type GroupField, refusedFields, type WrittenGroup } from './written.ts';

interface Props {
  written: WrittenGroup;
  onWrite: (change: Partial<WrittenGroup>) => void;
  /** Whether its address is still to be chosen: afterwards it stays. */
  isNew: boolean;
  /** Whether it cannot become public any more. */
  staysPrivate?: boolean;
  error: unknown;
}

/** What a group is called and about, its rules, and who comes in. */
export function GroupFields({ written, onWrite, isNew, staysPrivate = false, error }: Props) {
  const t = useTexts(managingTexts);
  const refused = refusedFields(error);
  const problemOf = (name: GroupField) => (refused.has(name) ? t.faults[name] : null);
  return (
    <>
      <TextField
        label={t.name}
        name="name"
        dir="auto"
        maxLength={80}
        value={written.name}
        problem={problemOf('name')}
        onChange={({ currentTarget }) => onWrite({ name: currentTarget.value })}
      />
      {isNew && (
        <TextField
          label={t.slug}
          hint={t.slugHint}
          name="slug"
          autoCapitalize="none"
          maxLength={60}
          value={written.slug}
          problem={problemOf('slug')}
          onChange={({ currentTarget }) => onWrite({ slug: currentTarget.value })}
        />
      )}
      <TextArea
        label={t.description}
        hint={t.descriptionHint}
        name="description"
        dir="auto"
        rows={3}
        maxLength={1000}
        value={written.description}
        onChange={({ currentTarget }) => onWrite({ description: currentTarget.value })}
      />
      <TextArea
        label={t.rules}
        hint={t.rulesHint}
        name="rules"
        dir="auto"
        rows={4}
        value={written.rules}
        onChange={({ currentTarget }) => onWrite({ rules: currentTarget.value })}
      />
      <AccessChoice access={written.access} staysPrivate={staysPrivate} onChoose={(access) => onWrite({ access })} />
      <p role="alert" className="text-sm text-danger empty:hidden">
        {problemOf('description')} {problemOf('rules')} {problemOf('access')}
      </p>
    </>
  );
}

interface AccessProps {
  access: WrittenGroup['access'];
  staysPrivate: boolean;
  onChoose: (access: WrittenGroup['access']) => void;
}

function AccessChoice({ access, staysPrivate, onChoose }: AccessProps) {
  const t = useTexts(managingTexts);
  const choices = Object.entries(t.accessChoices) as [WrittenGroup['access'], string][];
  return (
    <fieldset>
      <legend className="text-sm font-medium">{t.access}</legend>
      {choices
        .filter(([choice]) => !staysPrivate || choice !== 'public')
        .map(([choice, label]) => (
          <label key={choice} className="flex min-h-11 items-center gap-3">
            <input
              type="radio"
              name="access"
              value={choice}
              checked={access === choice}
              onChange={() => onChoose(choice)}
              className="size-5 shrink-0 accent-brand"
            />
            {label}
          </label>
        ))}
      <p className="mt-1 text-sm text-muted">{t.accessHint}</p>
    </fieldset>
  );
}
