interface Props {
  name: string;
  label: string;
  /** Null: it can only be read. */
  onOpen: (() => void) | null;
}

/** Heads a row; opens what the row is about. */
export function OpenButton({ name, label, onOpen }: Props) {
  if (!onOpen) return <bdi>{name}</bdi>;
  return (
    <button
      type="button"
      aria-label={label}
      className="min-h-9 max-w-full truncate text-left underline decoration-line underline-offset-4 hover:decoration-ink"
      onClick={onOpen}
    >
      <bdi>{name}</bdi>
    </button>
  );
}
