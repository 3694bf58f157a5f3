import { en } from './messages.en.ts';
import { zh } from './messages.zh.ts';

export const reportTexts = { 'zh-CN': zh, en };
