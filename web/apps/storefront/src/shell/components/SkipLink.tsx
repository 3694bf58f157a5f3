import { useTexts } from '@sharestack/i18n/locale.tsx';
import { texts } from '../texts.ts';

export function SkipLink() {
  const t = useTexts(texts);
  return (
    <a
      href="#content"
      className="fixed top-2 left-2 z-50 -translate-y-20 rounded-control bg-ink px-4 py-2 text-paper focus:translate-y-0"
    >
      {t.skip}
    </a>
  );
}
