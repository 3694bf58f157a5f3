import { useTexts } from '@sharestack/i18n/locale.tsx';
import { TextField } from '@sharestack/ui/TextField.tsx';
import { useState } from 'react';
import { texts } from './texts.ts';

interface Props {
  isNew: boolean;
  name?: string;
  label?: string;
  problem?: string | undefined;
}

export function PasswordField({ isNew, name = 'password', label, problem }: Props) {
  const t = useTexts(texts);
  const [isShown, setShown] = useState(false);
  return (
    <div>
      <TextField
        label={label ?? t.password}
        name={name}
        type={isShown ? 'text' : 'password'}
        autoComplete={isNew ? 'new-password' : 'current-password'}
        maxLength={1000}
        hint={isNew ? t.passwordHint : undefined}
        problem={problem}
      />
      <label className="mt-2 inline-flex min-h-8 items-center gap-2 text-sm text-muted">
        <input type="checkbox" className="size-4.5 accent-brand" onChange={(event) => setShown(event.target.checked)} />
        {t.showPassword}
      </label>
    </div>
  );
}
