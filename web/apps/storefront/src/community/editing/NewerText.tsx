import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { editingTexts } from './texts.ts';

interface Props {
  text: string;
  onTake: () => void;
}

/** What somebody, or oneself on another device, has made of it meanwhile. */
export function NewerText({ text, onTake }: Props) {
  const t = useTexts(editingTexts);
  return (
    <div role="alert" className="rounded-control bg-warn-soft px-4 py-3 text-sm text-warn">
      <p>{t.changedElsewhere}</p>
      <blockquote dir="auto" className="my-2 border-l-2 border-current pl-3 break-words whitespace-pre-wrap text-ink">
        {text}
      </blockquote>
      <p>{t.saveOver}</p>
      <Button kind="quiet" className="mt-1" onClick={onTake}>
        {t.takeTheirs}
      </Button>
    </div>
  );
}
