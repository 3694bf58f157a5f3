import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useSession } from '@sharestack/session/context.tsx';
import { Link, useLocation } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { ACCOUNT_PAGES } from '../accountPages.ts';
import { accountTexts } from '../accountTexts.ts';

const LINK =
  'flex min-h-11 items-center whitespace-nowrap px-3 text-sm text-muted hover:text-ink ' +
  'max-md:border-b-2 max-md:border-transparent max-md:aria-[current=page]:border-brand ' +
  'md:rounded-control md:hover:bg-sunken md:aria-[current=page]:bg-brand-soft ' +
  'aria-[current=page]:font-medium aria-[current=page]:text-brand';

/** At the side of wide pages; on phones a row to be moved sideways, with the present page in sight. */
export function AccountNav() {
  const t = useTexts(accountTexts);
  const session = useSession();
  const { pathname } = useLocation();
  const row = useRef<HTMLElement>(null);
  useEffect(() => {
    const nav = row.current;
    const here = nav?.querySelector<HTMLElement>('[aria-current=page]');
    if (nav && here && pathname) nav.scrollLeft = here.offsetLeft - (nav.clientWidth - here.offsetWidth) / 2;
  }, [pathname]);
  return (
    <nav
      ref={row}
      aria-label={t.navigation}
      className="relative max-md:-mx-4 max-md:overflow-x-auto max-md:border-b max-md:border-line max-md:px-1 max-md:[scrollbar-width:none] sm:max-md:-mx-6 md:sticky md:top-36 md:self-start print:hidden"
    >
      <ul className="flex md:flex-col">
        <li>
          <Link to="/account" activeOptions={{ exact: true }} className={LINK}>
            {t.overview}
          </Link>
        </li>
        {ACCOUNT_PAGES.map((group) =>
          group.map(({ to, name }, place) => (
            <li key={to} className={place === 0 ? 'md:mt-3 md:border-t md:border-line md:pt-3' : undefined}>
              <Link to={to} className={LINK}>
                {t.pages[name]}
              </Link>
            </li>
          )),
        )}
        <li className="md:mt-3 md:border-t md:border-line md:pt-3">
          <button type="button" className={`${LINK} w-full`} onClick={() => void session.signOut()}>
            {t.signOut}
          </button>
        </li>
      </ul>
    </nav>
  );
}
