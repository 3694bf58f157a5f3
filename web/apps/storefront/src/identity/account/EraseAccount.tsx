import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { Dialog } from '@sharestack/ui/Dialog.tsx';
import { useState } from 'react';
import { EraseForm } from './EraseForm.tsx';
import { accountTexts } from './texts.ts';

/** What closing the account means, before it is asked for. */
export function EraseAccount() {
  const t = useTexts(accountTexts);
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <ul className="list-disc space-y-1 ps-5 text-sm text-muted">
        {t.eraseFacts.map((fact) => (
          <li key={fact}>{fact}</li>
        ))}
      </ul>
      <Button kind="danger" className="mt-5" onClick={() => setOpen(true)}>
        {t.erase}
      </Button>
      {isOpen && (
        <Dialog title={t.eraseAskTitle} onClose={() => setOpen(false)}>
          <p className="text-muted">{t.eraseAskBody}</p>
          <EraseForm onCancel={() => setOpen(false)} />
        </Dialog>
      )}
    </>
  );
}
