import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button, buttonClass } from '@sharestack/ui/Button.tsx';
import { Link } from '@tanstack/react-router';
import { AddressText } from '../../components/AddressText.tsx';
import { bookTexts } from '../bookTexts.ts';
import type { SavedAddress } from '../queries.ts';

export function AddressCard({ entry, onDelete }: { entry: SavedAddress; onDelete: () => void }) {
  const t = useTexts(bookTexts);
  const name = titleOf(entry);
  return (
    <li className="flex min-w-0 flex-col rounded-card border border-line bg-surface p-5">
      {entry.label && (
        <h2 className="mb-1 font-medium wrap-anywhere" dir="auto">
          {entry.label}
        </h2>
      )}
      <AddressText address={entry.address} className="text-muted" />
      <p className="mt-3 flex flex-wrap gap-2 text-sm text-brand empty:hidden">
        {entry.is_default_shipping && <Mark text={t.defaultShipping} />}
        {entry.is_default_billing && <Mark text={t.defaultBilling} />}
      </p>
      <div className="mt-auto -mb-2 -ml-5 flex pt-2">
        <Link
          to="/account/addresses/$id"
          params={{ id: entry.id }}
          aria-label={t.editOf(name)}
          className={buttonClass('quiet')}
        >
          {t.edit}
        </Link>
        <Button kind="quiet" aria-label={t.removeOf(name)} onClick={onDelete}>
          {t.remove}
        </Button>
      </div>
    </li>
  );
}

function Mark({ text }: { text: string }) {
  return <span className="rounded-control bg-brand-soft px-2 py-0.5">{text}</span>;
}

/** What tells an entry from the others where only its name is heard. */
export function titleOf({ label, address }: SavedAddress): string {
  return label ?? `${address.name}, ${address.line1}`.slice(0, 100);
}
