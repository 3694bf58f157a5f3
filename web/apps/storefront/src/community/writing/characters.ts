const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** What the API takes of a post or a comment (`functions/community/domain/post_texts.py`). */
export const MOST_CHARACTERS = 2000;

/** Characters as people count them, as the API does: of the composed text, without white space around it. */
export function characterCount(text: string): number {
  const plain = text
    .replace(/\r\n?|[\u2028\u2029\v\f\u0085]/g, '\n')
    .normalize('NFC')
    .trim();
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what is in ASCII alone has one character for each unit
  if (/^[\x00-\x7f]*$/.test(plain)) return plain.length;
  let count = 0;
  for (const _ of segmenter.segment(plain)) count += 1;
  return count;
}
