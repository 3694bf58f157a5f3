/** The words of what is reported, as people read it; every kind has its own (`content` of the API). */
export function wordsOf(content: Record<string, unknown> | null | undefined): string {
  if (!content) return '';
  const parts = ['title', 'name', 'display_name', 'text', 'body', 'description', 'bio'].map((name) => content[name]);
  return parts.filter((part): part is string => typeof part === 'string' && part.trim() !== '').join('\n');
}
