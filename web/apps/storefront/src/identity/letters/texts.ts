import { en } from './messages.en.ts';
import { zh } from './messages.zh.ts';

export const letterTexts = { 'zh-CN': zh, en };
