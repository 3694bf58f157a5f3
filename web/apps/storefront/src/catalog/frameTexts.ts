import { en } from './frameMessages.en.ts';
import { zh } from './frameMessages.zh.ts';

export const frameTexts = { 'zh-CN': zh, en };
