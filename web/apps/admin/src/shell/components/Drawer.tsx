import { useTexts } from '@sharestack/i18n/locale.tsx';
import { X } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { texts } from '../texts.ts';

interface Props {
  label: string;
  onClose: () => void;
  children: ReactNode;
}

/** A native dialog at the side: the browser keeps the focus in it, and gives it back. Escape and the backdrop close it. */
export function Drawer({ label, onClose, children }: Props) {
  const t = useTexts(texts);
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    ref.current?.showModal?.();
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the backdrop is for pointers; the keyboard has Escape and the button
    <dialog
      ref={ref}
      aria-label={label}
      className="m-0 h-dvh max-h-none w-72 max-w-[85vw] border-r border-line bg-surface p-4 text-ink backdrop:bg-[rgb(0_0_0/0.5)]"
      onClose={onClose}
      onClick={(event) => event.target === event.currentTarget && onClose()}
    >
      <button
        type="button"
        aria-label={t.close}
        className="absolute top-2 right-2 inline-flex size-11 items-center justify-center rounded-control hover:bg-sunken"
        onClick={onClose}
      >
        <X className="size-5" aria-hidden="true" />
      </button>
      {children}
    </dialog>
  );
}
