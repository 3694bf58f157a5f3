import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Link } from '@tanstack/react-router';
import { FEED_TABS, type FeedTab } from '../search.ts';
import { texts } from '../texts.ts';
import { TAB } from './looks.ts';

/** Which feed: each has an address. Everybody's is the page's own one for who is not signed in. */
export function FeedTabs({ shown, isSignedIn }: { shown: FeedTab; isSignedIn: boolean }) {
  const t = useTexts(texts);
  const usual: FeedTab = isSignedIn ? 'following' : 'all';
  return (
    <nav aria-label={t.tabsLabel} className="flex border-b border-line">
      {FEED_TABS.map((tab) => (
        <Link
          key={tab}
          to="/feed"
          search={tab === usual ? {} : { tab }}
          preload={false}
          resetScroll={false}
          activeProps={{}}
          aria-current={tab === shown ? 'page' : undefined}
          className={TAB}
        >
          {t.tabs[tab]}
        </Link>
      ))}
    </nav>
  );
}
