import { en } from './messages.en.ts';
import { zh } from './messages.zh.ts';

/** Of what is done with a post or a comment more rarely; apart from the words that who writes needs, too. */
export const menuTexts = { 'zh-CN': zh, en };
