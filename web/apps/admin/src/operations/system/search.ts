import { readSearch } from '@sharestack/console/readSearch.ts';

export const SOURCES = ['client', 'http', 'worker', 'schedule'] as const;

export const parseAuditSearch = (raw: Record<string, unknown>) =>
  readSearch(raw, { action: 'text', subject: 'text', id: 'id', actor: 'id', from: 'day', to: 'day' });
export type AuditSearch = ReturnType<typeof parseAuditSearch>;

export const parseErrorsSearch = (raw: Record<string, unknown>) =>
  readSearch(raw, { status: ['open', 'resolved'], source: SOURCES, function: 'text' });
export type ErrorsSearch = ReturnType<typeof parseErrorsSearch>;
