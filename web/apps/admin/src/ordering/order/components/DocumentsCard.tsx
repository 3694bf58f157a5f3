import { useApi } from '@sharestack/api/context.tsx';
import { Card } from '@sharestack/console/Card.tsx';
import { useAction } from '@sharestack/console/useAction.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Money } from '@sharestack/ui/Money.tsx';
import { saveFile } from '@sharestack/ui/saveFile.ts';
import { FileText } from 'lucide-react';
import type { ReactNode } from 'react';
import { type Order, orderKey, readDocument } from '../queries.ts';
import { texts } from '../texts.ts';

/** Invoice and credit notes; the invoice is issued when it is asked for first. */
export function DocumentsCard({ order }: { order: Order }) {
  const t = useTexts(texts);
  const hasInvoice = order.documents.some(({ kind }) => kind === 'invoice');
  return (
    <Card title={t.documents}>
      {order.paid_at ? (
        <ul>
          {!hasInvoice && <DocumentRow order={order} label={t.issueInvoice} file={`${order.number}.pdf`} />}
          {order.documents.map(({ kind, number, amount, currency }) => (
            <DocumentRow
              key={number}
              order={order}
              label={kind === 'invoice' ? `${t.invoice} ${number}` : t.creditNote(number)}
              file={`${number}.pdf`}
              amount={<Money amount={amount} currency={currency} />}
              {...(kind === 'invoice' ? {} : { creditNote: number })}
            />
          ))}
        </ul>
      ) : (
        <p className="text-sm text-muted">{t.noDocuments}</p>
      )}
    </Card>
  );
}

interface Props {
  order: Order;
  label: string;
  file: string;
  amount?: ReactNode;
  creditNote?: string;
}

function DocumentRow({ order, label, file, amount, creditNote }: Props) {
  const api = useApi();
  const { run, isPending } = useAction<void, Blob>({
    act: () => readDocument(api, order.id, creditNote),
    changes: [orderKey(order.id)],
    done: null,
    onDone: (pdf) => saveFile(pdf, file),
  });
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-3 text-sm">
      <button
        type="button"
        aria-busy={isPending || undefined}
        className="flex min-h-11 items-center gap-2 text-left text-brand underline-offset-4 hover:underline sm:min-h-9"
        onClick={() => run()}
      >
        <FileText className="size-4 shrink-0" aria-hidden="true" />
        {label}
      </button>
      {amount}
    </li>
  );
}
