import { en } from './messages.en.ts';
import { zh } from './messages.zh.ts';

export const composingTexts = { 'zh-CN': zh, en };
