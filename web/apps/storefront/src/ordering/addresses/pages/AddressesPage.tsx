import { useTexts } from '@sharestack/i18n/locale.tsx';
import { buttonClass } from '@sharestack/ui/Button.tsx';
import { EmptyState } from '@sharestack/ui/EmptyState.tsx';
import { PageHead } from '@sharestack/ui/PageHead.tsx';
import { Link, useLocation } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { bookTexts } from '../bookTexts.ts';
import { AddressCard } from '../components/AddressCard.tsx';
import { DeleteAddress } from '../components/DeleteAddress.tsx';
import { WithAddresses } from '../components/WithAddresses.tsx';
import { MOST_ADDRESSES, type SavedAddress } from '../queries.ts';
import { addressTexts } from '../texts.ts';

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** Whether the page before saved an address. */
    isAddressSaved?: boolean;
  }
}

/** The address book of who is signed in. */
export function AddressesPage() {
  const t = useTexts(addressTexts);
  const own = useTexts(bookTexts);
  const heading = useRef<HTMLHeadingElement>(null);
  const [leaving, setLeaving] = useState<SavedAddress | null>(null);
  const [note, setNote] = useState('');
  const isSaved = useLocation({ select: ({ state }) => state.isAddressSaved });
  // Said once the page is there: a live region tells what changes in it.
  useEffect(() => setNote(isSaved ? own.saved : ''), [isSaved, t]);
  return (
    <>
      <PageHead title={own.title} isIndexed={false} />
      <h1 ref={heading} tabIndex={-1} className="font-display text-3xl">
        {own.title}
      </h1>
      <p className="mt-1 text-muted">{own.lead}</p>
      <p role="status" className="mt-2 text-sm text-brand empty:hidden">
        {note}
      </p>
      <WithAddresses>
        {(entries) =>
          entries.length === 0 ? (
            <div className="mt-6">
              <EmptyState title={own.emptyTitle} body={own.emptyBody}>
                <AddLink />
              </EmptyState>
            </div>
          ) : (
            <>
              <ul className="mt-6 grid gap-4 sm:grid-cols-2">
                {entries.map((entry) => (
                  <AddressCard key={entry.id} entry={entry} onDelete={() => setLeaving(entry)} />
                ))}
              </ul>
              <div className="mt-6">
                {entries.length < MOST_ADDRESSES ? <AddLink /> : <p className="text-sm text-muted">{own.full}</p>}
              </div>
            </>
          )
        }
      </WithAddresses>
      {leaving && (
        <DeleteAddress
          entry={leaving}
          onClose={() => setLeaving(null)}
          onDeleted={() => {
            setLeaving(null);
            setNote(own.removed);
            heading.current?.focus();
          }}
        />
      )}
    </>
  );
}

function AddLink() {
  const t = useTexts(bookTexts);
  return (
    <Link to="/account/addresses/new" className={buttonClass()}>
      <Plus className="size-4" aria-hidden="true" />
      {t.add}
    </Link>
  );
}
