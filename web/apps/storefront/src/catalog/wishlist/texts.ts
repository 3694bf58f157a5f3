import { en } from './messages.en.ts';
import { zh } from './messages.zh.ts';

export const wishlistTexts = { 'zh-CN': zh, en };
