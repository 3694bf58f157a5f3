import { useTexts } from '@sharestack/i18n/locale.tsx';
import { type ReactNode, Suspense, useState } from 'react';
import { texts } from '../texts.ts';

/** That something was changed, and the way to what it said before. */
export function EditedNote({ dialog }: { dialog: (close: () => void) => ReactNode }) {
  const t = useTexts(texts);
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className="min-h-6 underline-offset-4 hover:underline"
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        {t.edited}
      </button>
      {isOpen && <Suspense>{dialog(() => setOpen(false))}</Suspense>}
    </>
  );
}
