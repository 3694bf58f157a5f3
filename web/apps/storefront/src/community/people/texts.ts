import { en } from './messages.en.ts';
import { zh } from './messages.zh.ts';

export const peopleTexts = { 'zh-CN': zh, en };
