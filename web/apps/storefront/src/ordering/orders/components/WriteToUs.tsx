import { useTexts } from '@sharestack/i18n/locale.tsx';
import { type ButtonKind, buttonClass } from '@sharestack/ui/Button.tsx';
import { useSite } from '@sharestack/ui/PageHead.tsx';
import { orderTexts } from '../texts.ts';

export function WriteToUs({ kind = 'secondary' }: { kind?: ButtonKind }) {
  const t = useTexts(orderTexts);
  const { email } = useSite();
  return (
    <a href={`mailto:${email}`} className={buttonClass(kind)}>
      {t.writeToUs}
    </a>
  );
}
