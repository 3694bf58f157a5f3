import { en } from './messages.en.ts';
import { zh } from './messages.zh.ts';

/** Of what is done and written; apart from `texts.ts`, which every reader loads. */
export const actingTexts = { 'zh-CN': zh, en };
