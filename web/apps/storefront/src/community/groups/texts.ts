import { en } from './messages.en.ts';
import { zh } from './messages.zh.ts';

export const groupsTexts = { 'zh-CN': zh, en };
