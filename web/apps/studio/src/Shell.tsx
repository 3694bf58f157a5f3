import { useTexts } from '@sharestack/i18n/locale.tsx';
import { buttonClass } from '@sharestack/ui/Button.tsx';
import { useEffect } from 'react';
import { texts } from './texts.ts';

export function Shell() {
  const t = useTexts(texts);
  useEffect(() => {
    document.title = t.title;
  }, [t]);
  return (
    <main className="page py-16">
      <h1 className="font-display text-3xl">{t.title}</h1>
      <a href="/" className={buttonClass('secondary', 'mt-6')}>
        {t.toShop}
      </a>
    </main>
  );
}
