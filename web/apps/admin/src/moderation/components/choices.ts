/** Values of a filter or a field with the words for them. */
export const choices = <Value extends string>(values: readonly Value[], words: Record<string, string>) =>
  values.map((value) => ({ value, label: words[value] ?? value }));
