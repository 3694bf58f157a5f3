import { en } from './listMessages.en.ts';
import { zh } from './listMessages.zh.ts';

export const listTexts = { 'zh-CN': zh, en };
