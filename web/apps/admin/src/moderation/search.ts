import { readSearch } from '@sharestack/console/readSearch.ts';

export const CASE_STATES = ['open', 'resolved', 'dismissed'] as const;
export const TARGETS = ['post', 'comment', 'group', 'product', 'review', 'user'] as const;
export const REASONS = [
  'spam',
  'scam',
  'market_manipulation',
  'misinformation',
  'harassment',
  'hate',
  'violence',
  'sexual',
  'self_harm',
  'impersonation',
  'privacy',
  'intellectual_property',
  'illegal',
  'other',
] as const;
export const ACTIONS = ['hide', 'unhide', 'remove', 'warn', 'suspend', 'ban', 'lift'] as const;
export const APPEAL_STATES = ['open', 'accepted', 'rejected'] as const;
export const RULE_ACTIONS = ['flag', 'hold', 'refuse'] as const;

export const parseCasesSearch = (raw: Record<string, unknown>) =>
  readSearch(raw, {
    status: CASE_STATES,
    target: TARGETS,
    reason: REASONS,
    claimed: ['mine', 'nobody'],
    screened: ['true', 'false'],
    sort: ['oldest', 'newest', '-reports'],
    user: 'id',
  });
export type CasesSearch = ReturnType<typeof parseCasesSearch>;

export const parseAppealsSearch = (raw: Record<string, unknown>) => readSearch(raw, { status: APPEAL_STATES });
export type AppealsSearch = ReturnType<typeof parseAppealsSearch>;

export const parseActionsSearch = (raw: Record<string, unknown>) =>
  readSearch(raw, { kind: ACTIONS, user: 'id', moderator: 'id' });
export type ActionsSearch = ReturnType<typeof parseActionsSearch>;

export const parseRulesSearch = (raw: Record<string, unknown>) =>
  readSearch(raw, { action: RULE_ACTIONS, active: ['true', 'false'] });
export type RulesSearch = ReturnType<typeof parseRulesSearch>;
