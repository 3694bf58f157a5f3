const RULES = new Intl.PluralRules('en');

/** English plurals: `plural(n, 'piece', 'pieces')`. Chinese has none. */
export function plural(count: number, one: string, other: string): string {
  return `${formatCount(count)} ${RULES.select(count) === 'one' ? one : other}`;
}

export function formatCount(count: number): string {
  return count.toLocaleString('en');
}
