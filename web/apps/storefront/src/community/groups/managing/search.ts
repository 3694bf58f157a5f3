export const MANAGE_TABS = ['requests', 'members', 'invitations', 'bans', 'removed', 'settings'] as const;
export type ManageTab = (typeof MANAGE_TABS)[number];

export interface ManageSearch {
  /** Requests, where there is none. */
  tab?: ManageTab;
}

export function parseManageSearch(raw: Record<string, unknown>): ManageSearch {
  const tab = MANAGE_TABS.find((one) => one === raw.tab);
  return tab ? { tab } : {};
}
