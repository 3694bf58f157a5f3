import { useTexts } from '@sharestack/i18n/locale.tsx';
import { type ButtonKind, buttonClass } from '@sharestack/ui/Button.tsx';
import site from '../../../../../../site/site.json';
import { orderTexts } from '../texts.ts';

export function WriteToUs({ kind = 'secondary' }: { kind?: ButtonKind }) {
  const t = useTexts(orderTexts);
  return (
    <a href={`mailto:${site.email}`} className={buttonClass(kind)}>
      {t.writeToUs}
    </a>
  );
}
