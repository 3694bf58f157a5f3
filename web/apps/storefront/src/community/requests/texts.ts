import { en } from './messages.en.ts';
import { zh } from './messages.zh.ts';

export const requestsTexts = { 'zh-CN': zh, en };
