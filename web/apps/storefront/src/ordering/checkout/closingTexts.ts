import { en } from './closingMessages.en.ts';
import { zh } from './closingMessages.zh.ts';

/** The words of paying and of refusals, which come with what needs them. */
export const closingTexts = { 'zh-CN': zh, en };
export type ClosingWords = (typeof closingTexts)['en'];
