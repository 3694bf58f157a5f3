import { en } from './bookMessages.en.ts';
import { zh } from './bookMessages.zh.ts';

export const bookTexts = { 'zh-CN': zh, en };
