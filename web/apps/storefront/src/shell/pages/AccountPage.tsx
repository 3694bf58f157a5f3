import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useSessionState } from '@sharestack/session/context.tsx';
import { PageHead } from '@sharestack/ui/PageHead.tsx';
import { Skeleton } from '@sharestack/ui/Skeleton.tsx';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { ACCOUNT_PAGES } from '../accountPages.ts';
import { accountTexts } from '../accountTexts.ts';

const LatestOrders = lazy(() =>
  import('../../ordering/orders/components/LatestOrders.tsx').then(({ LatestOrders }) => ({ default: LatestOrders })),
);
const VerificationBanner = lazy(() =>
  import('../../identity/components/VerificationBanner.tsx').then(({ VerificationBanner }) => ({
    default: VerificationBanner,
  })),
);

/** Who is here, and the ways from here. */
export function AccountPage() {
  const t = useTexts(accountTexts);
  const state = useSessionState();
  const user = state.status === 'signed-in' ? state.user : null;
  return (
    <>
      <PageHead title={t.account} isIndexed={false} />
      <h1 tabIndex={-1} dir="auto" className="line-clamp-3 font-display text-3xl break-words">
        {t.greeting(user?.full_name ?? '')}
      </h1>
      <p className="mt-1 text-muted">{t.lead}</p>
      {user && user.email_verified_at === null && (
        <div className="mt-6 max-w-2xl">
          <Suspense fallback={<Skeleton className="h-28" />}>
            <VerificationBanner email={user.email} />
          </Suspense>
        </div>
      )}
      <Suspense fallback={<Skeleton className="mt-10 h-72" />}>
        <LatestOrders title={t.latestOrders} all={t.allOrders} />
      </Suspense>
      <Tiles />
    </>
  );
}

function Tiles() {
  const t = useTexts(accountTexts);
  const pages = ACCOUNT_PAGES.flat();
  return (
    <section aria-labelledby="manage" className="mt-10">
      <h2 id="manage" className="font-display text-xl">
        {t.manage}
      </h2>
      <ul className="mt-4 grid gap-3 sm:grid-cols-2 xl:grid-cols-3">
        {pages.map(({ to, name, icon: Icon }) => (
          <li key={to}>
            <Link
              to={to}
              className="flex h-full items-start gap-4 rounded-card border border-line bg-surface p-4 transition-colors hover:border-control"
            >
              <Icon className="mt-0.5 size-5 shrink-0 text-brand" strokeWidth={1.75} aria-hidden="true" />
              <span className="min-w-0">
                <span className="block font-medium">{t.pages[name]}</span>
                <span className="block text-sm text-muted">{t.about[name]}</span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
