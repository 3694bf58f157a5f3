import { useApi } from '@sharestack/api/context.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { saveFile } from '@sharestack/ui/saveFile.ts';
import { useMutation, useQuery } from '@tanstack/react-query';
import { FileText } from 'lucide-react';
import { refundsOf } from '../orderState.ts';
import { documentsQuery, type Order, type OrderAccess, readDocument } from '../queries.ts';
import { orderTexts } from '../texts.ts';
import { ProblemNote } from './ProblemNote.tsx';
import { Section } from './Section.tsx';

/** The invoice of what was paid, and a credit note for each refund. */
export function OrderDocuments({ order, access }: { order: Order; access: OrderAccess }) {
  const t = useTexts(orderTexts);
  const hasRefunds = refundsOf(order).done > 0;
  const { data } = useQuery({ ...documentsQuery(useApi(), access), enabled: order.paid_at !== null && hasRefunds });
  if (order.paid_at === null) return null;
  const notes = (data ?? []).filter(({ kind }) => kind === 'credit_note');
  return (
    <Section title={t.documents} className="print:hidden">
      <ul>
        <li>
          <DocumentButton access={access} label={t.invoicePdf} fileName={`${t.invoice} ${order.number}.pdf`} />
        </li>
        {notes.map(({ number }) => (
          <li key={number}>
            <DocumentButton
              access={access}
              creditNote={number}
              label={t.creditNotePdf(number)}
              fileName={`${number}.pdf`}
            />
          </li>
        ))}
      </ul>
    </Section>
  );
}

interface Props {
  access: OrderAccess;
  creditNote?: string;
  label: string;
  fileName: string;
}

function DocumentButton({ access, creditNote, label, fileName }: Props) {
  const api = useApi();
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => readDocument(api, access, creditNote),
    onSuccess: (file) => saveFile(file, fileName),
  });
  return (
    <>
      <button
        type="button"
        aria-busy={isPending || undefined}
        onClick={() => isPending || mutate()}
        className="flex min-h-11 items-center gap-3 text-left text-brand underline-offset-4 hover:underline"
      >
        <FileText className="size-5 shrink-0" strokeWidth={1.75} aria-hidden="true" />
        {label}
      </button>
      <ProblemNote error={error} />
    </>
  );
}
