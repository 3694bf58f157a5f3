import { type Api, type Schemas, take } from '@sharestack/api/client.ts';
import { cursorPages } from '@sharestack/api/pages.ts';
import { queryOptions } from '@tanstack/react-query';
import type { ActionsSearch, AppealsSearch, CasesSearch, RulesSearch } from './search.ts';

export type CaseRow = Schemas['ReportCase'];
export type Case = Schemas['ReportCaseDetail'];
export type Appeal = Schemas['AdminAppeal'];
export type Action = Schemas['ListedAction'];
export type ActionKind = Schemas['ActionKind'];
export type Rule = Schemas['KeywordRule'];
export type Trial = Schemas['KeywordTrialResult'];

export const PAGE_SIZE = 50;
export const CASES_KEY = ['cases'] as const;
export const APPEALS_KEY = ['appeals'] as const;
export const ACTIONS_KEY = ['moderation-actions'] as const;
export const RULES_KEY = ['keyword-rules'] as const;
const COUNTERS_KEY = ['counters'] as const;

/** What is another after a case or an appeal was acted on. */
export const CASE_CHANGES = [CASES_KEY, APPEALS_KEY, ACTIONS_KEY, COUNTERS_KEY];

const truth = (value: 'true' | 'false' | undefined) => (value === undefined ? null : value === 'true');

/** Reports by what they are about; open ones unless the address says otherwise, the oldest first. */
export const casesQuery = (api: Api, search: CasesSearch) =>
  cursorPages<CaseRow>({
    queryKey: [...CASES_KEY, 'list', search],
    fetchPage: (cursor) =>
      take(
        api.GET('/api/v1/admin/reports', {
          params: {
            query: {
              status: search.status ?? 'open',
              target_kind: search.target ?? null,
              reason: search.reason ?? null,
              claimed: search.claimed ?? null,
              screened: truth(search.screened),
              user_id: search.user ?? null,
              sort: search.sort ?? 'oldest',
              limit: PAGE_SIZE,
              cursor,
            },
          },
        }),
      ),
  });

export const caseQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: [...CASES_KEY, 'one', id],
    queryFn: () => take(api.GET('/api/v1/admin/reports/{case_id}', { params: { path: { case_id: id } } })),
  });

export const claimCase = (api: Api, id: string) =>
  take(api.POST('/api/v1/admin/reports/{case_id}/claim', { params: { path: { case_id: id } } }));

export const releaseCase = (api: Api, id: string) =>
  take(api.DELETE('/api/v1/admin/reports/{case_id}/claim', { params: { path: { case_id: id } } }));

export const decideCase = (api: Api, id: string, body: Schemas['CaseChange']) =>
  take(api.PATCH('/api/v1/admin/reports/{case_id}', { params: { path: { case_id: id } }, body }));

export const actOnCase = (api: Api, id: string, body: Schemas['NewModerationAction']) =>
  take(
    api.POST('/api/v1/admin/reports/{case_id}/actions', {
      params: { path: { case_id: id } },
      body,
    }),
  );

export const appealsQuery = (api: Api, search: AppealsSearch) =>
  cursorPages<Appeal>({
    queryKey: [...APPEALS_KEY, 'list', search],
    fetchPage: (cursor) =>
      take(
        api.GET('/api/v1/admin/appeals', {
          params: { query: { status: search.status ?? 'open', limit: PAGE_SIZE, cursor } },
        }),
      ),
  });

export const appealQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: [...APPEALS_KEY, 'one', id],
    queryFn: () => take(api.GET('/api/v1/admin/appeals/{appeal_id}', { params: { path: { appeal_id: id } } })),
  });

export const decideAppeal = (api: Api, id: string, body: Schemas['AppealDecision']) =>
  take(
    api.POST('/api/v1/admin/appeals/{appeal_id}/decision', {
      params: { path: { appeal_id: id } },
      body,
    }),
  );

export const actionsQuery = (api: Api, search: ActionsSearch) =>
  cursorPages<Action>({
    queryKey: [...ACTIONS_KEY, 'list', search],
    fetchPage: (cursor) =>
      take(
        api.GET('/api/v1/admin/moderation/actions', {
          params: {
            query: {
              kind: search.kind ?? null,
              user_id: search.user ?? null,
              moderator_id: search.moderator ?? null,
              limit: PAGE_SIZE,
              cursor,
            },
          },
        }),
      ),
  });

export const rulesQuery = (api: Api, search: RulesSearch) =>
  cursorPages<Rule>({
    queryKey: [...RULES_KEY, 'list', search],
    fetchPage: (cursor) =>
      take(
        api.GET('/api/v1/admin/keyword-rules', {
          params: {
            query: { action: search.action ?? null, active: truth(search.active), limit: PAGE_SIZE, cursor },
          },
        }),
      ),
  });

export const ruleQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: [...RULES_KEY, 'one', id],
    queryFn: () => take(api.GET('/api/v1/admin/keyword-rules/{rule_id}', { params: { path: { rule_id: id } } })),
  });

export const createRule = (api: Api, body: Schemas['NewKeywordRule']) =>
  take(api.POST('/api/v1/admin/keyword-rules', { body }));

export const changeRule = (api: Api, id: string, body: Schemas['KeywordRuleChange']) =>
  take(api.PATCH('/api/v1/admin/keyword-rules/{rule_id}', { params: { path: { rule_id: id } }, body }));

export const deleteRule = (api: Api, id: string) =>
  take(api.DELETE('/api/v1/admin/keyword-rules/{rule_id}', { params: { path: { rule_id: id } } }));

export const tryRules = (api: Api, body: Schemas['KeywordTrial']) =>
  take(api.POST('/api/v1/admin/keyword-rules/try', { body }));
