import { useTexts } from '@sharestack/i18n/locale.tsx';
import { buttonClass } from '@sharestack/ui/Button.tsx';
import { EmptyState } from '@sharestack/ui/EmptyState.tsx';
import { PageHead } from '@sharestack/ui/PageHead.tsx';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useRef } from 'react';
import { bookTexts } from '../bookTexts.ts';
import { AddressEditor } from '../components/AddressEditor.tsx';
import { WithAddresses } from '../components/WithAddresses.tsx';
import type { SavedAddress } from '../queries.ts';

const route = getRouteApi('/account/addresses/$id');

export function EditAddressPage() {
  const t = useTexts(bookTexts);
  const { id } = route.useParams();
  return (
    <>
      <PageHead title={t.editTitle} isIndexed={false} />
      <h1 tabIndex={-1} className="font-display text-3xl">
        {t.editTitle}
      </h1>
      <WithAddresses>{(entries) => <Entry key={id} entry={entries.find((entry) => entry.id === id)} />}</WithAddresses>
    </>
  );
}

/** An entry that was there stays in its form, also when it is deleted elsewhere: what was typed is not lost. */
function Entry({ entry }: { entry: SavedAddress | undefined }) {
  const t = useTexts(bookTexts);
  const opened = useRef(entry);
  if (opened.current) return <AddressEditor entry={opened.current} />;
  return (
    <div className="mt-6">
      <EmptyState title={t.problems.address_not_found ?? ''}>
        <Link to="/account/addresses" className={buttonClass('secondary')}>
          {t.title}
        </Link>
      </EmptyState>
    </div>
  );
}
