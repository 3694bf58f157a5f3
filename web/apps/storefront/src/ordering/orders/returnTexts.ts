import { en } from './returnMessages.en.ts';
import { zh } from './returnMessages.zh.ts';

export const returnTexts = { 'zh-CN': zh, en };
