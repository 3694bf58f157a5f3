import { useApi } from '@sharestack/api/context.tsx';
import type { ApiProblem } from '@sharestack/api/problem.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ProblemNote } from '../acting/ProblemNote.tsx';
import { useIntents } from '../acting/useIntents.ts';
import { type Hashtag, setHashtagFollow, setTickerFollow, setTickerWatch, type Ticker, TOPICS_KEY } from './queries.ts';
import { topicsTexts } from './texts.ts';

export type Topic = Ticker | Hashtag;
type Mark = 'is_followed' | 'is_watched';

const isTicker = (topic: Topic): topic is Ticker => 'symbol' in topic;

/** Following and watching: shown at once, taken back where the API refuses. */
export function TopicButtons({ topic, viewer }: { topic: Topic; viewer: NonNullable<Topic['viewer']> }) {
  const t = useTexts(topicsTexts);
  const api = useApi();
  const queryClient = useQueryClient();
  const intents = useIntents();
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const toggle = (mark: Mark, isSo: boolean, call: (next: boolean) => Promise<unknown>) => {
    const key = `${mark} ${topic.id}`;
    const now = intents.wanted<boolean>(key) ?? isSo;
    setProblem(null);
    const show = (next: boolean) =>
      queryClient.setQueriesData<Topic>({ queryKey: TOPICS_KEY }, (one) =>
        one?.id === topic.id ? ({ ...one, viewer: { ...one.viewer, [mark]: next } } as Topic) : one,
      );
    void intents.want({ key, now, wanted: !now, call, show, onRefused: setProblem });
  };
  const follow = () =>
    toggle('is_followed', viewer.is_followed, (next) =>
      isTicker(topic) ? setTickerFollow(api, topic.symbol, next) : setHashtagFollow(api, topic.key, next),
    );
  return (
    <>
      <div className="mt-4 flex flex-wrap gap-2">
        <Button kind={viewer.is_followed ? 'secondary' : 'primary'} onClick={follow}>
          {viewer.is_followed ? t.unfollow : t.follow}
        </Button>
        {isTicker(topic) && 'is_watched' in viewer && (
          <Button
            kind="secondary"
            onClick={() => toggle('is_watched', viewer.is_watched, (next) => setTickerWatch(api, topic.symbol, next))}
          >
            {viewer.is_watched ? t.unwatch : t.watch}
          </Button>
        )}
      </div>
      <ProblemNote error={problem} />
    </>
  );
}
