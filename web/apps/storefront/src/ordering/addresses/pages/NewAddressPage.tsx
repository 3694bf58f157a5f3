import { useTexts } from '@sharestack/i18n/locale.tsx';
import { PageHead } from '@sharestack/ui/PageHead.tsx';
import { bookTexts } from '../bookTexts.ts';
import { AddressEditor } from '../components/AddressEditor.tsx';
import { WithAddresses } from '../components/WithAddresses.tsx';

export function NewAddressPage() {
  const t = useTexts(bookTexts);
  return (
    <>
      <PageHead title={t.addTitle} isIndexed={false} />
      <h1 tabIndex={-1} className="font-display text-3xl">
        {t.addTitle}
      </h1>
      <WithAddresses>{(entries) => <AddressEditor entry={null} isFirst={entries.length === 0} />}</WithAddresses>
    </>
  );
}
