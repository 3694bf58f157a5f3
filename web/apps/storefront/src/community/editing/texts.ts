import { en } from './messages.en.ts';
import { zh } from './messages.zh.ts';

/** Of what was published and is changed afterwards; comes with the dialogs. */
export const editingTexts = { 'zh-CN': zh, en };
