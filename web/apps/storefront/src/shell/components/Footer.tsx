import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useSite } from '@sharestack/ui/PageHead.tsx';
import { Link } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import { CategoryLinks } from '../../catalog/components/CategoryLinks.tsx';
import { LEGAL_PAGES } from '../legalPages.ts';
import { texts } from '../texts.ts';
import { LanguageLink } from './LanguageLink.tsx';
import { Mark } from './Mark.tsx';

const ThemeSelect = lazy(() => import('./ThemeSelect.tsx').then((module) => ({ default: module.ThemeSelect })));

const LINK = 'inline-flex min-h-9 items-center text-muted underline-offset-4 hover:text-ink hover:underline';

export function Footer() {
  const t = useTexts(texts);
  const { name, email, phone, address } = useSite();
  const [isAlive, setAlive] = useState(false);
  useEffect(() => setAlive(true), []);
  return (
    <footer className="border-t border-line bg-sunken text-sm print:hidden">
      <div className="page grid grid-cols-2 gap-x-6 gap-y-10 py-12 md:grid-cols-[1.6fr_1fr_1fr]">
        <div className="max-md:col-span-2">
          <p className="flex items-center gap-2.5 font-display text-lg font-semibold">
            <Mark className="h-7" />
            {name}
          </p>
          <p className="mt-2 max-w-xs text-muted">{t.tagline}</p>
          <p className="mt-4">
            <a href={`mailto:${email}`} className="underline underline-offset-4">
              {email}
            </a>
          </p>
          {phone && (
            <p className="mt-4">
              <a href={`tel:${phone}`} className="underline underline-offset-4">
                {phone}
              </a>
            </p>
          )}
          {address && <address className="mt-4 whitespace-pre-line">{address}</address>}
        </div>
        <Column title={t.footerShop}>
          <li>
            <Link to="/search" className={LINK}>
              {t.allProducts}
            </Link>
          </li>
          <li>
            <Link to="/feed" className={LINK}>
              {t.feed}
            </Link>
          </li>
          <li>
            <Link to="/groups" className={LINK}>
              {t.groups}
            </Link>
          </li>
          <CategoryLinks className={LINK} />
        </Column>
        <Column title={t.footerHelp}>
          {LEGAL_PAGES.map((page) => (
            <li key={page}>
              <Link to="/legal/$name" params={{ name: page }} className={LINK}>
                {t[page]}
              </Link>
            </li>
          ))}
        </Column>
      </div>
      <div className="page flex flex-wrap items-center justify-between gap-x-6 gap-y-3 border-t border-line py-5 text-muted">
        <p>{t.footerNote}</p>
        <div className="flex flex-wrap items-center gap-x-6">
          <LanguageLink className="inline-flex min-h-11 items-center underline underline-offset-4" />
          {isAlive && (
            <Suspense>
              <ThemeSelect />
            </Suspense>
          )}
        </div>
      </div>
    </footer>
  );
}

function Column({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div>
      <h2 className="mb-2 font-semibold">{title}</h2>
      <ul>{children}</ul>
    </div>
  );
}
