import { en } from './messages.en.ts';
import { zh } from './messages.zh.ts';

export const filtersTexts = { 'zh-CN': zh, en };
