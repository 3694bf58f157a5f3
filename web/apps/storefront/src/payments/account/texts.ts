import { en } from './messages.en.ts';
import { zh } from './messages.zh.ts';

export const paymentTexts = { 'zh-CN': zh, en };
export type PaymentTexts = typeof zh;
