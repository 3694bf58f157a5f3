import { type Api, type Schemas, take } from '@sharestack/api/client.ts';
import { cursorPages } from '@sharestack/api/pages.ts';
import { queryOptions } from '@tanstack/react-query';
import type { AuditSearch, ErrorsSearch } from './search.ts';

export type AuditEntry = Schemas['AuditEntry'];
export type LoggedError = Schemas['LoggedError'];
export type ErrorDetails = Schemas['ErrorDetails'];
export type WebVital = Schemas['WebVitalSummary'];

export const PAGE_SIZE = 50;
export const ERRORS_KEY = ['errors'] as const;
const DAY = 86_400_000;

/** What staff did, and what changed who may sign in, the newest first. Days are whole and in UTC. */
export const auditQuery = (api: Api, search: AuditSearch) =>
  cursorPages<AuditEntry>({
    queryKey: ['audit', search],
    fetchPage: (cursor) =>
      take(
        api.GET('/api/v1/admin/audit', {
          params: {
            query: {
              action: search.action?.slice(0, 60) ?? null,
              subject_type: search.subject?.slice(0, 40) ?? null,
              subject_id: search.id ?? null,
              actor_id: search.actor ?? null,
              created_from: search.from ? `${search.from}T00:00:00Z` : null,
              created_before: search.to ? new Date(Date.parse(search.to) + DAY).toISOString() : null,
              limit: PAGE_SIZE,
              cursor,
            },
          },
        }),
      ),
  });

/** Errors that happened, what happened last first; open ones unless the address says otherwise. */
export const errorsQuery = (api: Api, search: ErrorsSearch) =>
  cursorPages<LoggedError>({
    queryKey: [...ERRORS_KEY, 'list', search],
    fetchPage: (cursor) =>
      take(
        api.GET('/api/v1/errors', {
          params: {
            query: {
              status: search.status ?? 'open',
              source: search.source ?? null,
              function: search.function?.slice(0, 100) ?? null,
              limit: PAGE_SIZE,
              cursor,
            },
          },
        }),
      ),
  });

export const errorQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: [...ERRORS_KEY, 'one', id],
    queryFn: () => take(api.GET('/api/v1/errors/{error_id}', { params: { path: { error_id: id } } })),
  });

export const resolveError = (api: Api, id: string, reason: string | null) =>
  take(api.PATCH('/api/v1/errors/{error_id}/resolve', { params: { path: { error_id: id } }, body: { reason } }));

/** How fast pages were for visitors of the last weeks. */
export const vitalsQuery = (api: Api) =>
  queryOptions({
    queryKey: ['web-vitals'],
    queryFn: () => take(api.GET('/api/v1/admin/web-vitals', { params: { query: { days: 28 } } })),
  });
