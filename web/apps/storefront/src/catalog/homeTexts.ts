import { en } from './homeMessages.en.ts';
import { zh } from './homeMessages.zh.ts';

export const homeTexts = { 'zh-CN': zh, en };
