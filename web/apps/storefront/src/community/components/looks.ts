/** A small action below a post or a comment. */
export const ACTION =
  'inline-flex min-h-11 min-w-11 items-center justify-center gap-1 rounded-control px-1.5 text-muted hover:bg-sunken ' +
  'hover:text-ink aria-pressed:text-brand';

/** A link among those that lead to the parts of a page, each at an address of its own. */
export const TAB =
  'inline-flex min-h-11 items-center justify-center border-b-2 border-transparent px-4 text-muted hover:text-ink ' +
  'aria-[current=page]:border-brand aria-[current=page]:font-medium aria-[current=page]:text-ink';

/** An action in a menu, with its words. */
export const MENU_ITEM =
  'flex min-h-11 w-full min-w-44 items-center gap-2.5 rounded-control px-3 text-left hover:bg-sunken';
