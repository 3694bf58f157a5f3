import { expect, test } from 'vitest';
import type { Entity } from './queries.ts';
import { textParts } from './textParts.ts';

const hashtag = (start: number, end: number, name: string): Entity => ({ kind: 'hashtag', start, end, hashtag: name });
const kinds = (text: string, ...entities: Entity[]) =>
  textParts(text, entities).map(({ kind, text: words }) => `${kind} ${words}`);

test('places count code points, so that no emoji or letter is cut', () => {
  expect(kinds('👨‍👩‍👧‍👦𠮷 #茶 好', hashtag(9, 11, '茶'))).toEqual(['words 👨‍👩‍👧‍👦𠮷 ', 'hashtag #茶', 'words  好']);
});

test('what the API marks is the link, whatever stands around it', () => {
  expect(kinds('(#tag)', hashtag(1, 5, 'tag'))).toEqual(['words (', 'hashtag #tag', 'words )']);
  expect(kinds("#tag's", hashtag(0, 4, 'tag'))).toEqual(['hashtag #tag', "words 's"]);
  expect(kinds('#ぼっち・ざ・ろっく！', hashtag(0, 10, 'ぼっち・ざ・ろっく'))).toEqual([
    'hashtag #ぼっち・ざ・ろっく',
    'words ！',
  ]);
});

test('places of another version of the text break nothing', () => {
  expect(kinds('short', hashtag(0, 90, 'gone'))).toEqual(['words short']);
  expect(kinds('#a#b', hashtag(0, 2, 'a'), hashtag(1, 4, 'b'))).toEqual(['hashtag #a', 'words #b']);
});

test.each([
  ['看 https://example.com/a。后文', 'https://example.com/a'],
  ['（https://example.com/b）', 'https://example.com/b'],
  ['“https://example.com/c?x=1”, it says', 'https://example.com/c?x=1'],
])('the address in %j ends where people see its end', (text, address) => {
  expect(kinds(text)).toContain(`link ${address}`);
});

test('an address that is none, and a script, are words', () => {
  expect(kinds('https://[ javascript:alert(1)')).toEqual(['words https://[ javascript:alert(1)']);
});
