import { useTexts } from '@sharestack/i18n/locale.tsx';
import { X } from 'lucide-react';
import { createContext, type ReactNode, type RefObject, useContext, useEffect, useId, useRef, useState } from 'react';
import { texts } from './messages.ts';

interface Props {
  title: string;
  onClose: () => void;
  children: ReactNode;
}

type Guard = () => boolean;
const Guards = createContext<Set<Guard> | null>(null);

/** Asks, before Escape or the cross closes the dialog around, whether it may: for forms with something typed in them. */
export function useBeforeClose(mayClose: Guard): void {
  const guards = useContext(Guards);
  const latest = useRef(mayClose);
  latest.current = mayClose;
  useEffect(() => {
    const guard = () => latest.current();
    guards?.add(guard);
    return () => {
      guards?.delete(guard);
    };
  }, [guards]);
}

/** The same for a form whose words are lost with the dialog: whether what was typed may go. */
export function useTypedBeforeClose(form: RefObject<HTMLFormElement | null>): void {
  const t = useTexts(texts);
  useBeforeClose(() => {
    const typed = [...(form.current?.querySelectorAll('textarea') ?? [])].some(({ value }) => value.trim() !== '');
    return !typed || confirm(t.discard);
  });
}

/**
 * A question in front of the page, open for as long as it is rendered. The browser keeps the focus inside, closes it on
 * Escape, and brings the focus back to where it was.
 */
export function Dialog({ title, onClose, children }: Props) {
  const t = useTexts(texts);
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const [guards] = useState(() => new Set<Guard>());
  const leave = () => {
    if ([...guards].every((mayClose) => mayClose())) onClose();
  };
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        leave();
      }}
      className="m-auto max-h-[calc(100dvh-2rem)] w-[calc(100vw-2rem)] max-w-lg overflow-y-auto rounded-card border border-line bg-surface p-6 text-ink backdrop:bg-ink/50"
    >
      <div className="mb-3 flex items-start justify-between gap-4">
        <h2 id={id} className="font-display text-xl">
          {title}
        </h2>
        <button
          type="button"
          aria-label={t.close}
          onClick={leave}
          className="-mt-2.5 -mr-2.5 grid size-11 shrink-0 place-items-center rounded-control hover:bg-sunken"
        >
          <X className="size-5" aria-hidden="true" />
        </button>
      </div>
      <Guards value={guards}>{children}</Guards>
    </dialog>
  );
}
