import { en } from './messages.en.ts';
import { zh } from './messages.zh.ts';

export const welcomingTexts = { 'zh-CN': zh, en };
