import { useLocale, useTexts } from '@sharestack/i18n/locale.tsx';
import { useId } from 'react';
import { languageChoices, languageName } from './languages.ts';
import { accountTexts } from './texts.ts';

export function LanguageField({ chosen }: { chosen: string }) {
  const t = useTexts(accountTexts);
  const locale = useLocale();
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block text-sm font-medium">
        {t.language}
      </label>
      <select
        id={id}
        name="language"
        defaultValue={chosen}
        aria-describedby={`${id}-hint`}
        className="min-h-11 w-full rounded-control border border-control bg-surface px-3"
      >
        {languageChoices(chosen).map((tag) => (
          <option key={tag} value={tag} lang={tag}>
            {languageName(tag, locale)}
          </option>
        ))}
      </select>
      <p id={`${id}-hint`} className="mt-1 text-sm text-muted">
        {t.languageHint}
      </p>
    </div>
  );
}
