import { useApi } from '@sharestack/api/context.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button, buttonClass } from '@sharestack/ui/Button.tsx';
import { saveFile } from '@sharestack/ui/saveFile.ts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ProblemNote } from '../acting/ProblemNote.tsx';
import { FILTERS_KEY } from '../filters/queries.ts';
import { PEOPLE_KEY } from '../people/queries.ts';
import { POSTS_KEY } from '../queries.ts';
import { type PeopleFileReport, type PeopleList, readPeopleFile, takePeopleFile } from './queries.ts';
import { importingTexts } from './texts.ts';

const LISTS: readonly PeopleList[] = ['following', 'mutes', 'blocks'];

/** Lists of people as files: out and in. */
export function PeopleFiles() {
  return (
    <ul className="divide-y divide-line border-y border-line">
      {LISTS.map((name) => (
        <PeopleFile key={name} name={name} />
      ))}
    </ul>
  );
}

function PeopleFile({ name }: { name: PeopleList }) {
  const t = useTexts(importingTexts);
  const api = useApi();
  const queryClient = useQueryClient();
  const save = useMutation({
    mutationFn: () => readPeopleFile(api, name),
    onSuccess: (file) => saveFile(file, `${name}.csv`),
  });
  const take = useMutation({
    mutationFn: async (file: File) => takePeopleFile(api, name, await file.text()),
    onSuccess: () => {
      for (const queryKey of [FILTERS_KEY, PEOPLE_KEY, POSTS_KEY]) {
        void queryClient.invalidateQueries({ queryKey, refetchType: 'none' });
      }
    },
  });
  const list = t.lists[name];
  return (
    <li className="py-4">
      <div className="flex flex-wrap items-center gap-2">
        <p className="min-w-40 grow font-medium">{list}</p>
        <Button kind="secondary" aria-label={t.saveOf(list)} busy={save.isPending} onClick={() => save.mutate()}>
          {t.save}
        </Button>
        <label
          className={buttonClass(
            'quiet',
            'relative cursor-pointer has-focus-visible:outline-2 has-focus-visible:outline-brand',
          )}
        >
          <span aria-hidden="true">{t.take}</span>
          <input
            type="file"
            accept=".csv,text/csv"
            aria-label={t.takeOf(list)}
            disabled={take.isPending}
            className="absolute inset-0 cursor-pointer opacity-0 file:cursor-pointer"
            onChange={({ currentTarget }) => {
              const file = currentTarget.files?.[0];
              if (file) take.mutate(file);
              currentTarget.value = '';
            }}
          />
        </label>
      </div>
      <div role="status" className="text-sm">
        {take.isPending && t.taking}
        {take.data && <Report report={take.data} />}
      </div>
      <ProblemNote error={save.error ?? take.error} words={t.problems} />
    </li>
  );
}

function Report({ report: { read, created, unchanged, refused } }: { report: PeopleFileReport }) {
  const t = useTexts(importingTexts);
  return (
    <>
      <p>{t.taken(read, created, unchanged)}</p>
      {refused.length > 0 && (
        <details>
          <summary className="inline-flex min-h-11 items-center text-brand underline underline-offset-4">
            {t.refusedLines(refused.length)}
          </summary>
          <ul className="max-h-72 list-disc overflow-y-auto pl-5">
            {refused.map(({ line, name, reason }) => (
              <li key={line} className="break-words">
                {t.line(line, name)}
                {t.lineReasons[reason] ?? reason}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
