import { useApi } from '@sharestack/api/context.tsx';
import { asProblem } from '@sharestack/api/problem.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { FormFailure } from '@sharestack/session/forms/FormFailure.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { Day } from '@sharestack/ui/Day.tsx';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useId } from 'react';
import { type Consent, chooseConsent, consentsQuery } from '../queries.ts';
import { accountTexts } from './texts.ts';

const LEGAL: Partial<Record<Consent['purpose'], string>> = { terms: 'terms', privacy: 'privacy' };

/** One purpose: a switch where it can be taken back, else when it was agreed to. A new text is asked about anew. */
export function ConsentRow({ consent }: { consent: Consent }) {
  const t = useTexts(accountTexts);
  const id = useId();
  const api = useApi();
  const queryClient = useQueryClient();
  const { mutate, isPending, variables, error } = useMutation({
    mutationFn: (granted: boolean) => chooseConsent(api, consent, granted),
    onSuccess: (answer) => queryClient.setQueryData(consentsQuery(api).queryKey, answer),
  });
  const { purpose, granted, version, current_version, can_be_withdrawn: isFree, changed_at } = consent;
  const isOutdated = granted && version !== current_version;
  const legal = LEGAL[purpose];
  const mustAgree = isFree ? isOutdated : !granted || isOutdated;
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2 py-4">
      <div className="min-w-0 flex-1 basis-60">
        <label htmlFor={isFree ? id : undefined} id={`${id}-label`} className="font-medium">
          {t.purposes[purpose]}
        </label>
        <p id={`${id}-about`} className="text-sm text-muted">
          {t.aboutPurposes[purpose]}
        </p>
        <p className="mt-1 text-sm text-muted">
          {granted && changed_at ? (
            <>
              {t.agreedOn} <Day instant={changed_at} />
            </>
          ) : (
            !isFree && t.notAgreed
          )}
          {legal && (
            <Link
              to="/legal/$name"
              params={{ name: legal }}
              className="ms-3 inline-flex min-h-6 items-center text-brand underline underline-offset-4"
            >
              {t.readText}
            </Link>
          )}
        </p>
        {isOutdated && <p className="mt-1 text-sm text-warn">{t.newText}</p>}
        {mustAgree && (
          <Button kind="secondary" className="mt-2" busy={isPending} onClick={() => mutate(true)}>
            {isOutdated ? t.agreeAnew : t.agree}
          </Button>
        )}
        <FormFailure problem={error ? asProblem(error) : null} />
      </div>
      {isFree && (
        <span className="grid size-11 shrink-0 place-items-center">
          <input
            id={id}
            type="checkbox"
            role="switch"
            aria-checked={isPending ? variables : granted}
            checked={isPending ? variables : granted}
            aria-describedby={`${id}-about`}
            onChange={(event) => !isPending && mutate(event.target.checked)}
            className="switch"
          />
        </span>
      )}
    </li>
  );
}
