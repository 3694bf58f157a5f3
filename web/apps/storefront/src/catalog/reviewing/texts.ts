import { en } from './messages.en.ts';
import { zh } from './messages.zh.ts';

export const reviewTexts = { 'zh-CN': zh, en };
