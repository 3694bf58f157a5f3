import { readSearch } from '@sharestack/console/readSearch.ts';

export const ROLES = ['customer', 'creator', 'vendor', 'moderator', 'admin'] as const;
export type Role = (typeof ROLES)[number];

export const parsePeopleSearch = (raw: Record<string, unknown>) =>
  readSearch(raw, { q: 'text', role: ROLES, active: ['true', 'false'] });
export type PeopleSearch = ReturnType<typeof parsePeopleSearch>;
