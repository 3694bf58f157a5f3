/** A button of a table's own. */
export const TOOL =
  'inline-flex min-h-9 items-center gap-2 rounded-control border border-line bg-surface px-3 text-sm hover:border-control max-sm:min-h-11';
