import { formatDay } from '@sharestack/i18n/dates.ts';
import { useLocale, useTexts } from '@sharestack/i18n/locale.tsx';
import { buttonClass } from '@sharestack/ui/Button.tsx';
import { Link } from '@tanstack/react-router';
import { DonePage } from './DonePage.tsx';
import { letterTexts } from './texts.ts';

/** An account was closed just now: until when, and how, it can be had back. */
export function AccountClosed({ until }: { until: string }) {
  const t = useTexts(letterTexts);
  const locale = useLocale();
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <DonePage title={t.closedTitle} body={t.closed(formatDay(until, locale, zone))}>
      <p className="text-sm text-muted">{t.closedWaits}</p>
      <Link to="/" className={buttonClass('secondary')}>
        {t.toHome}
      </Link>
    </DonePage>
  );
}
