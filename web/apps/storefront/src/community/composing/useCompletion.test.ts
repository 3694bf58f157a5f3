import { expect, test } from 'vitest';
import { tokenAt } from './useCompletion.ts';

test.each([
  ['buy $AA', { sign: '$', prefix: 'AA', start: 4 }],
  ['看好＄贵州', { sign: '$', prefix: '贵州', start: 2 }],
  ['(#tea', { sign: '#', prefix: 'tea', start: 1 }],
  ['“#安倍晋三', { sign: '#', prefix: '安倍晋三', start: 1 }],
  ['#ぼっち・ざ', { sign: '#', prefix: 'ぼっち・ざ', start: 0 }],
  ['#नमस्ते', { sign: '#', prefix: 'नमस्ते', start: 0 }],
  ['#C++', null],
  ['#a\u00a0b', null],
  ['ada@example', null],
  ['@ada ', null],
])('%j ends in what can be completed', (words, token) => {
  expect(tokenAt(words, words.length)).toEqual(token);
});
