import { useApi } from '@sharestack/api/context.tsx';
import { asProblem } from '@sharestack/api/problem.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { FormFailure } from '@sharestack/session/forms/FormFailure.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { exportsQuery, requestExport } from '../queries.ts';
import { DataCopy } from './DataCopy.tsx';
import { Loaded } from './Loaded.tsx';
import { accountTexts } from './texts.ts';

/** Copies of one's data: asked for here, made meanwhile, fetched here or from the page that the letter links to. */
export function DataCopies() {
  const t = useTexts(accountTexts);
  const api = useApi();
  const queryClient = useQueryClient();
  const copies = useQuery(exportsQuery(api));
  const ask = useMutation({
    mutationFn: () => requestExport(api),
    onSettled: () => queryClient.invalidateQueries({ queryKey: exportsQuery(api).queryKey }),
  });
  const isPending = copies.data?.items.some(({ status }) => status === 'pending') ?? false;
  return (
    <>
      <Loaded query={copies} className="h-16">
        {({ items }) =>
          items.length > 0 && (
            <ul className="mb-4 divide-y divide-line border-t border-line">
              {items.map((copy) => (
                <DataCopy key={copy.id} copy={copy} />
              ))}
            </ul>
          )
        }
      </Loaded>
      {!isPending && (
        <Button kind="secondary" busy={ask.isPending} onClick={() => ask.mutate()}>
          {t.askForCopy}
        </Button>
      )}
      <div className="mt-2">
        <FormFailure problem={ask.error ? asProblem(ask.error) : null} words={{ export_too_soon: t.copyTooSoon }} />
      </div>
    </>
  );
}
