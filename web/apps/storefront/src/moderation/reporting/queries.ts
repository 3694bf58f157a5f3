import { type Api, type Schemas, take } from '@sharestack/api/client.ts';

export type ReportTarget = Schemas['ReportTarget'];
export type ReportReason = Schemas['ReportReason'];

/** One report of each person and thing is open: sent again, it is the one that there is. */
export const sendReport = (api: Api, report: Schemas['NewReport']) =>
  take(api.POST('/api/v1/reports', { body: report }));
