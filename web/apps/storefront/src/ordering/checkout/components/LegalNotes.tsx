import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Link } from '@tanstack/react-router';
import { closingTexts } from '../closingTexts.ts';

/** What is agreed to by ordering; each page opens beside this one, so that nothing is lost here. */
export function LegalNotes() {
  const t = useTexts(closingTexts);
  return (
    <div className="space-y-1 text-sm text-muted">
      <p>
        {t.obliges} <LegalLink name="terms" text={t.terms} /> {t.and} <LegalLink name="returns" text={t.returns} />
        {t.stop}
      </p>
      <p>
        {t.privacyLead} <LegalLink name="privacy" text={t.privacy} />
        {t.stop}
      </p>
    </div>
  );
}

function LegalLink({ name, text }: { name: string; text: string }) {
  return (
    <Link
      to="/legal/$name"
      params={{ name }}
      target="_blank"
      className="text-ink underline underline-offset-2 hover:text-brand"
    >
      {text}
    </Link>
  );
}
