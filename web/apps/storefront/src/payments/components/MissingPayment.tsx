import { useTexts } from '@sharestack/i18n/locale.tsx';
import { buttonClass } from '@sharestack/ui/Button.tsx';
import { Link } from '@tanstack/react-router';
import { texts } from '../texts.ts';
import { ResultCard } from './ResultCard.tsx';

export function MissingPayment() {
  const t = useTexts(texts);
  return (
    <ResultCard title={t.missingTitle} body={t.missingBody}>
      <Link to="/" className={buttonClass()}>
        {t.home}
      </Link>
    </ResultCard>
  );
}
