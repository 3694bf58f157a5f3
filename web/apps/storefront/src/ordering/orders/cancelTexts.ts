import { en } from './cancelMessages.en.ts';
import { zh } from './cancelMessages.zh.ts';

export const cancelTexts = { 'zh-CN': zh, en };
