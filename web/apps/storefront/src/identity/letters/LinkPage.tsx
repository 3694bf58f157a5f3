import type { Api } from '@sharestack/api/client.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { buttonClass } from '@sharestack/ui/Button.tsx';
import { PageHead } from '@sharestack/ui/PageHead.tsx';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { FormCard } from '../components/FormCard.tsx';
import { BrokenLink } from './BrokenLink.tsx';
import { DonePage } from './DonePage.tsx';
import { LinkAction } from './LinkAction.tsx';
import { letterTexts } from './texts.ts';

interface Props {
  token: string | undefined;
  texts: { title: string; lead: string; action: string; doneTitle: string; done: string; broken: string };
  act: (api: Api, token: string) => Promise<unknown>;
  onDone?: () => void;
  /** The ways on, once it is done and where the link is not good. */
  children: ReactNode;
}

/** A link that does one thing, which is said before and confirmed by a press. */
export function LinkPage({ token, texts, act, onDone, children }: Props) {
  const t = useTexts(letterTexts);
  const [state, setState] = useState<'open' | 'done' | 'broken'>(token ? 'open' : 'broken');
  if (state === 'done') {
    return (
      <DonePage title={texts.doneTitle} body={texts.done}>
        {children}
      </DonePage>
    );
  }
  if (state === 'broken' || !token) return <BrokenLink body={texts.broken}>{children}</BrokenLink>;
  const finish = () => {
    onDone?.();
    setState('done');
  };
  return (
    <FormCard title={texts.title} lead={texts.lead}>
      <PageHead title={texts.title} isIndexed={false} />
      <div className="mt-6">
        <LinkAction token={token} label={texts.action} act={act} onDone={finish} onBroken={() => setState('broken')} />
      </div>
      <Link to="/" className={buttonClass('quiet', 'w-full')}>
        {t.toHome}
      </Link>
    </FormCard>
  );
}
