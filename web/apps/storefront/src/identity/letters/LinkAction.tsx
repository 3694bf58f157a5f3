import type { Api } from '@sharestack/api/client.ts';
import { useApi } from '@sharestack/api/context.tsx';
import { asProblem } from '@sharestack/api/problem.ts';
import { FormFailure } from '@sharestack/session/forms/FormFailure.tsx';
import { Button, type ButtonKind } from '@sharestack/ui/Button.tsx';
import { useMutation } from '@tanstack/react-query';

interface Props<T> {
  token: string;
  label: string;
  kind?: ButtonKind;
  act: (api: Api, token: string) => Promise<T>;
  onDone: (answer: T) => void;
  /** The link is not good (any more): used, run out, replaced, or made up. */
  onBroken: () => void;
}

/** Nothing happens by opening a link, which programs do as well: somebody presses this. */
export function LinkAction<T>({ token, label, kind = 'primary', act, onDone, onBroken }: Props<T>) {
  const api = useApi();
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => act(api, token),
    onSuccess: onDone,
    onError: (refusal) => {
      if (isBroken(refusal)) onBroken();
    },
  });
  return (
    <div>
      <Button kind={kind} className="w-full" busy={isPending} onClick={() => mutate()}>
        {label}
      </Button>
      <div className="mt-2">
        <FormFailure problem={error && !isBroken(error) ? asProblem(error) : null} />
      </div>
    </div>
  );
}

/** 422: longer or shorter than any token is. */
export function isBroken(refusal: unknown): boolean {
  const { status, code } = asProblem(refusal);
  return code === 'invalid_link' || status === 422;
}
