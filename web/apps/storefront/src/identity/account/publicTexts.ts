import { en } from './publicMessages.en.ts';
import { zh } from './publicMessages.zh.ts';

/** Of what others see of somebody. */
export const publicTexts = { 'zh-CN': zh, en };
