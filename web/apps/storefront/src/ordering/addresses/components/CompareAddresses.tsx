import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { Dialog } from '@sharestack/ui/Dialog.tsx';
import { AddressText } from '../../components/AddressText.tsx';
import { bookTexts } from '../bookTexts.ts';
import type { NewSavedAddress } from '../editing/queries.ts';
import type { SavedAddress } from '../queries.ts';

interface Props {
  mine: NewSavedAddress;
  /** Null where it was deleted. */
  theirs: SavedAddress | null;
  busy: boolean;
  onMine: () => void;
  onTheirs: () => void;
  onClose: () => void;
}

/** Somebody, in another tab perhaps, changed what is being changed: both are shown, and none is lost. */
export function CompareAddresses({ mine, theirs, busy, onMine, onTheirs, onClose }: Props) {
  const t = useTexts(bookTexts);
  return (
    <Dialog title={t.conflictTitle} onClose={onClose}>
      <p className="text-muted">{theirs ? t.conflictBody : t.conflictGone}</p>
      <div className="mt-4 grid gap-4 sm:grid-cols-2">
        {theirs && <Version title={t.theirs} entry={theirs} />}
        <Version title={t.yours} entry={mine} />
      </div>
      <div className="mt-5 flex flex-wrap gap-3">
        <Button busy={busy} onClick={onMine}>
          {theirs ? t.useMine : t.saveAsNew}
        </Button>
        {theirs && (
          <Button kind="secondary" onClick={onTheirs}>
            {t.useTheirs}
          </Button>
        )}
      </div>
    </Dialog>
  );
}

function Version({ title, entry }: { title: string; entry: NewSavedAddress }) {
  const t = useTexts(bookTexts);
  return (
    <section aria-label={title} className="min-w-0 rounded-card border border-line p-4">
      <h3 className="mb-2 text-sm text-muted">{title}</h3>
      {entry.label && (
        <p className="font-medium wrap-anywhere" dir="auto">
          {entry.label}
        </p>
      )}
      <AddressText address={entry.address} />
      {entry.is_default_shipping && <p className="mt-2 text-sm">{t.defaultShipping}</p>}
      {entry.is_default_billing && <p className="mt-2 text-sm">{t.defaultBilling}</p>}
    </section>
  );
}
