import { en } from './accountMessages.en.ts';
import { zh } from './accountMessages.zh.ts';

/** Of the account's frame; apart from `texts.ts`, which every page loads. */
export const accountTexts = { 'zh-CN': zh, en };
