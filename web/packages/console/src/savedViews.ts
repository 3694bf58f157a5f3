import { useState } from 'react';

/** A list as it was filtered, by a name that somebody gave it. */
export interface SavedView {
  name: string;
  search: Record<string, string>;
}

const placeOf = (list: string) => `views.${list}`;
const MOST = 20;

function read(list: string): SavedView[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(placeOf(list)) ?? '[]');
    return Array.isArray(stored) ? stored.filter(isView) : [];
  } catch {
    return [];
  }
}

const isView = (value: unknown): value is SavedView =>
  typeof value === 'object' && value !== null && typeof (value as SavedView).name === 'string' && 'search' in value;

/** The views of one list, kept in this browser; what a list does not know any more its own parser leaves out. */
export function useSavedViews(list: string) {
  const [views, setViews] = useState(() => read(list));
  const keep = (next: SavedView[]) => {
    setViews(next);
    try {
      localStorage.setItem(placeOf(list), JSON.stringify(next));
    } catch {
      // A browser that stores nothing keeps the views for as long as the page is open.
    }
  };
  return {
    views,
    save: (view: SavedView) => keep([view, ...views.filter(({ name }) => name !== view.name)].slice(0, MOST)),
    remove: (name: string) => keep(views.filter((view) => view.name !== name)),
  };
}
