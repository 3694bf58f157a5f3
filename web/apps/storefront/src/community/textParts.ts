import type { Entity } from './queries.ts';

/** A piece of a text: words, or words that lead somewhere. */
export type TextPart =
  | { kind: 'words'; text: string }
  | { kind: 'link'; text: string; href: string }
  | { kind: 'ticker'; text: string; symbol: string }
  | { kind: 'hashtag'; text: string; hashtag: string }
  | { kind: 'mention'; text: string; username: string };

/** An address as people write it: the punctuation that ends a sentence, Latin or Chinese, is none of it. */
const ADDRESS = /https?:\/\/[^\s<>"'`“”‘’「」『』（）()【】《》〈〉，。；：！？、]+/gu;
const SENTENCE_END = /[.,;:!?]+$/;

/** The API marks tickers, hashtags and names, counting code points; what is an address is seen here. */
export function textParts(text: string, entities: readonly Entity[]): TextPart[] {
  const points = [...text];
  const parts: TextPart[] = [];
  let place = 0;
  for (const entity of [...entities].sort((a, b) => a.start - b.start)) {
    if (entity.start < place || entity.end > points.length) continue;
    parts.push(...linkedWords(points.slice(place, entity.start).join('')));
    parts.push(entityPart(entity, points.slice(entity.start, entity.end).join('')));
    place = entity.end;
  }
  return [...parts, ...linkedWords(points.slice(place).join(''))];
}

function entityPart(entity: Entity, text: string): TextPart {
  if (entity.kind === 'ticker') return { kind: 'ticker', text, symbol: entity.symbol };
  if (entity.kind === 'hashtag') return { kind: 'hashtag', text, hashtag: entity.hashtag };
  return { kind: 'mention', text, username: entity.username };
}

function linkedWords(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let place = 0;
  for (const found of text.matchAll(ADDRESS)) {
    const address = found[0].replace(SENTENCE_END, '');
    if (!URL.canParse(address)) continue;
    parts.push({ kind: 'words', text: text.slice(place, found.index) });
    parts.push({ kind: 'link', text: address, href: address });
    place = found.index + address.length;
  }
  parts.push({ kind: 'words', text: text.slice(place) });
  return parts.filter((part) => part.text !== '');
}
