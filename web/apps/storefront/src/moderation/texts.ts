import { en } from './messages.en.ts';
import { zh } from './messages.zh.ts';

export const moderationTexts = { 'zh-CN': zh, en };
export type ModerationTexts = typeof zh;
