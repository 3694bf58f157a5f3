import { en } from './messages.en.ts';
import { zh } from './messages.zh.ts';

/** Of those who make groups and moderate them; comes with what they open. */
export const managingTexts = { 'zh-CN': zh, en };
