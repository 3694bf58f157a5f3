import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { Moment } from '@sharestack/ui/Moment.tsx';
import { Monitor, Smartphone } from 'lucide-react';
import type { LoginSession } from '../queries.ts';
import { deviceOf } from './devices.ts';
import { accountTexts } from './texts.ts';

interface Props {
  session: LoginSession;
  isEnding: boolean;
  onEnd: () => void;
}

export function SessionRow({ session, isEnding, onEnd }: Props) {
  const t = useTexts(accountTexts);
  const { browser, system, isPhone } = deviceOf(session.user_agent);
  const name = t.device(browser ?? t.unknownBrowser, system);
  const Icon = isPhone ? Smartphone : Monitor;
  return (
    <li className="flex items-center gap-4 py-4">
      <Icon className="size-6 shrink-0 text-muted" strokeWidth={1.5} aria-hidden="true" />
      <div className="min-w-0 grow">
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1 font-medium" title={session.user_agent}>
          {name}
          {session.current && (
            <span className="rounded-full bg-brand-soft px-2.5 py-0.5 text-xs text-brand">{t.thisDevice}</span>
          )}
        </p>
        <p className="mt-0.5 text-sm text-muted">
          {t.since} <Moment instant={session.created_at} />
          <br className="sm:hidden" />
          <span className="max-sm:hidden"> · </span>
          {t.lastUsed} <Moment instant={session.last_used_at} />
        </p>
      </div>
      {!session.current && (
        <Button kind="quiet" className="shrink-0" aria-label={t.endOf(name)} busy={isEnding} onClick={onEnd}>
          {t.end}
        </Button>
      )}
    </li>
  );
}
