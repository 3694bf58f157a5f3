import { useApi } from '@sharestack/api/context.tsx';
import { type ApiProblem, asProblem } from '@sharestack/api/problem.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { ErrorState } from '@sharestack/ui/ErrorState.tsx';
import { Skeleton } from '@sharestack/ui/Skeleton.tsx';
import { TextField } from '@sharestack/ui/TextField.tsx';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Check } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { ProblemNote } from '../acting/ProblemNote.tsx';
import { useIntents } from '../acting/useIntents.ts';
import { chooseInterests, interestsQuery } from './queries.ts';
import { welcomingTexts } from './texts.ts';

const MOST_CHARACTERS = 50;
/** As the API reads it. */
const TOPIC = /^[\p{L}\p{N}_][\p{L}\p{N}_ &+./-]*$/u;

/** What somebody is interested in: saved as it is chosen. */
export function Interests() {
  const api = useApi();
  const { data, error, refetch } = useQuery(interestsQuery(api));
  if (data) return <Chosen topics={data.topics} />;
  if (!error) return <Skeleton className="h-24" />;
  const { correlationId, status } = asProblem(error);
  return <ErrorState correlationId={correlationId} isOffline={status === 0} onRetry={() => void refetch()} />;
}

function Chosen({ topics }: { topics: string[] }) {
  const t = useTexts(welcomingTexts);
  const { problem, choose } = useChoosing(topics);
  const toggle = (topic: string) =>
    choose((now) => (now.includes(topic) ? now.filter((one) => one !== topic) : [...now, topic]));
  const shown = [...t.topics, ...topics.filter((topic) => !t.topics.includes(topic))];
  return (
    <>
      <ul className="flex flex-wrap gap-2">
        {shown.map((topic) => (
          <li key={topic} className="max-w-full">
            <button
              type="button"
              aria-pressed={topics.includes(topic)}
              onClick={() => toggle(topic)}
              className="group inline-flex min-h-11 max-w-full items-center gap-1.5 rounded-full border border-control px-4 hover:border-ink aria-pressed:border-brand aria-pressed:bg-brand-soft aria-pressed:text-brand"
            >
              <Check className="hidden size-4 shrink-0 group-aria-pressed:block" aria-hidden="true" />
              <bdi className="truncate">{topic}</bdi>
            </button>
          </li>
        ))}
      </ul>
      <OwnTopic onAdd={(topic) => choose((now) => (now.includes(topic) ? now : [...now, topic]))} />
      <ProblemNote error={problem} words={t.problems} />
    </>
  );
}

function OwnTopic({ onAdd }: { onAdd: (topic: string) => void }) {
  const t = useTexts(welcomingTexts);
  const [isBad, setBad] = useState(false);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const topic = String(new FormData(form).get('topic')).normalize('NFKC').trim().toLowerCase();
    if (topic === '') return;
    setBad(!TOPIC.test(topic));
    if (!TOPIC.test(topic)) return;
    onAdd(topic);
    form.reset();
  };
  return (
    <form onSubmit={submit} noValidate className="mt-4 flex max-w-md flex-wrap items-start gap-2">
      <TextField
        className="min-w-40 grow"
        label={t.ownTopic}
        name="topic"
        dir="auto"
        autoComplete="off"
        maxLength={MOST_CHARACTERS}
        problem={isBad ? t.badTopic : null}
      />
      <Button type="submit" kind="secondary" className="mt-[1.6875rem]">
        {t.addTopic}
      </Button>
    </form>
  );
}

/** All of them are sent at each change, one call after the other: the last choice counts. */
function useChoosing(topics: string[]) {
  const api = useApi();
  const queryClient = useQueryClient();
  const intents = useIntents();
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const { queryKey } = interestsQuery(api);
  const choose = (change: (now: string[]) => string[]) => {
    const now = intents.wanted<string[]>('interests') ?? topics;
    setProblem(null);
    void intents.want({
      key: 'interests',
      now,
      wanted: change(now),
      call: (next) => chooseInterests(api, next),
      show: (next) => queryClient.setQueryData(queryKey, { topics: next }),
      onRefused: setProblem,
    });
  };
  return { problem, choose };
}
