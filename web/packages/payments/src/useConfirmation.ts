import { useTexts } from '@sharestack/i18n/locale.tsx';
import { usePageRestored } from '@sharestack/ui/usePageRestored.ts';
import { type FormEvent, useCallback, useRef, useState } from 'react';
import type { Outcome } from './stripe.ts';
import { declineText, texts } from './texts.ts';

interface Options {
  confirm: () => Promise<Outcome>;
  onConfirmed: () => void;
  onRefused?: (() => void) | undefined;
  /** What is said where nothing better is known. */
  failed: string;
}

/** A form that is confirmed with the provider once at a time, and says what came of it. */
export function useConfirmation({ confirm, onConfirmed, onRefused, failed }: Options) {
  const t = useTexts(texts);
  const isBusy = useRef(false);
  const [isConfirming, setConfirming] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);

  // Back from a bank or wallet: the page is as it was when it was about to go there.
  const reset = useCallback(() => {
    isBusy.current = false;
    setConfirming(false);
  }, []);
  usePageRestored(reset);

  const textOf = (outcome: Outcome): string | null => {
    if (outcome.kind === 'incomplete' || outcome.kind === 'confirmed') return null;
    if (outcome.kind === 'declined') return declineText(t, outcome.code);
    return outcome.kind === 'failed' ? failed : t[outcome.kind];
  };

  const onSubmit = async (event: FormEvent) => {
    event.preventDefault();
    if (isBusy.current) return;
    isBusy.current = true;
    setConfirming(true);
    setFailure(null);
    const outcome = await confirm().catch((): Outcome => ({ kind: navigator.onLine ? 'failed' : 'lost' }));
    setFailure(textOf(outcome));
    isBusy.current = false;
    // What is confirmed leads to another page: until that shows, the button must not look as if it could be pressed.
    if (outcome.kind === 'confirmed') return onConfirmed();
    setConfirming(false);
    if (outcome.kind === 'declined' || outcome.kind === 'failed') onRefused?.();
  };
  return { onSubmit, isConfirming, failure };
}
