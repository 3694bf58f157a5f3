import { en } from './messages.en.ts';
import { zh } from './messages.zh.ts';

export const addressTexts = { 'zh-CN': zh, en };
export type AddressTexts = typeof zh;
