import { createContext, type ReactNode, useContext, useState } from 'react';

export interface ReportTarget {
  kind: 'comment' | 'group' | 'post' | 'user';
  id: string;
}

/** Draws the dialog in which something is reported: another context's, so the shell hands it in. */
export type ReportDialogOf = (target: ReportTarget, onClose: () => void) => ReactNode;

const ReportContext = createContext<ReportDialogOf | null>(null);

export function ReportProvider({ dialog, children }: { dialog: ReportDialogOf; children: ReactNode }) {
  return <ReportContext value={dialog}>{children}</ReportContext>;
}

/** The way to report something, and its dialog while it is open. */
export function useReport(target: ReportTarget) {
  const dialogOf = useContext(ReportContext);
  const [isOpen, setOpen] = useState(false);
  return {
    open: dialogOf ? () => setOpen(true) : null,
    dialog: isOpen ? dialogOf?.(target, () => setOpen(false)) : null,
  };
}
