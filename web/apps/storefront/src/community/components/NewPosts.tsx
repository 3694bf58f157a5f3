import { useApi } from '@sharestack/api/context.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useChanges } from '@sharestack/realtime/context.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { useQueryClient } from '@tanstack/react-query';
import { ArrowUp } from 'lucide-react';
import { useState } from 'react';
import { countNew, showNewest } from '../newPosts.ts';
import { feedQuery } from '../queries.ts';
import type { FeedTab } from '../search.ts';
import { texts } from '../texts.ts';

/** Posts that came while somebody reads wait behind a button: nothing that is read moves by itself. */
export function NewPosts({ tab }: { tab: FeedTab }) {
  const t = useTexts(texts);
  const api = useApi();
  const queryClient = useQueryClient();
  const [count, setCount] = useState(0);
  const [isLoading, setLoading] = useState(false);
  const query = feedQuery(api, tab);
  useChanges(tab === 'hot' ? null : `feed:${tab}`, ({ version }) =>
    setCount(countNew(version, queryClient.getQueryData(query.queryKey))),
  );
  const show = async () => {
    setLoading(true);
    const isShown = await showNewest(queryClient, query);
    setLoading(false);
    if (!isShown) return;
    setCount(0);
    window.scrollTo({ top: 0 });
    document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true });
  };
  return (
    <div role="status" className="sticky top-20 z-10 flex justify-center md:top-32">
      {count > 0 && (
        <Button busy={isLoading} onClick={() => void show()} className="mt-3 shadow-lg">
          <ArrowUp className="size-4" aria-hidden="true" />
          {t.newPosts(count)}
        </Button>
      )}
    </div>
  );
}
