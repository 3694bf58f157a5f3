import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { TextField } from '@sharestack/ui/TextField.tsx';
import { composingTexts } from './texts.ts';

interface Props {
  /** Null: there is none. */
  warning: string | null;
  onWrite: (warning: string | null) => void;
}

export function WarningField({ warning, onWrite }: Props) {
  const t = useTexts(composingTexts);
  if (warning === null) {
    return (
      <Button kind="quiet" onClick={() => onWrite('')}>
        {t.addWarning}
      </Button>
    );
  }
  return (
    <div>
      <TextField
        label={t.warning}
        hint={t.warningHint}
        name="warning"
        dir="auto"
        value={warning}
        onChange={({ currentTarget }) => onWrite(currentTarget.value)}
      />
      <Button kind="quiet" onClick={() => onWrite(null)}>
        {t.removeWarning}
      </Button>
    </div>
  );
}
