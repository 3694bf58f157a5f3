export type TabMessage = 'signed-in' | 'signed-out';

/** The other tabs of this site: to be told things, and to be waited for. */
export interface Tabs {
  say(message: TabMessage): void;
  onMessage(listen: (message: TabMessage) => void): void;
  /** Run `task` while no other tab runs its own. */
  alone<T>(task: () => Promise<T>): Promise<T>;
}

export function tabsOf(): Tabs {
  const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('session');
  return {
    say: (message) => channel?.postMessage(message),
    onMessage: (listen) => channel?.addEventListener('message', (event) => listen(event.data as TabMessage)),
    // Locks need a secure context; a laptop's plain http on another host has none, and the API copes with two at once.
    alone: <T>(task: () => Promise<T>) =>
      navigator.locks ? (navigator.locks.request('session-refresh', task) as Promise<T>) : task(),
  };
}
