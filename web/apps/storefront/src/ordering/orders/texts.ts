import { en } from './messages.en.ts';
import { zh } from './messages.zh.ts';

export const orderTexts = { 'zh-CN': zh, en };
export type OrderTexts = typeof zh;
