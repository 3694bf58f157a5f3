import { en } from './downloadMessages.en.ts';
import { zh } from './downloadMessages.zh.ts';

export const downloadTexts = { 'zh-CN': zh, en };
