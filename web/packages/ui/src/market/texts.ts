import { en } from './messages.en.ts';
import { zh } from './messages.zh.ts';

export const marketTexts = { 'zh-CN': zh, en };
