import type { zh } from './messages.zh.ts';

export const en: typeof zh = {
  editPost: 'Edit post',
  editComment: 'Edit comment',
  text: 'Text',
  save: 'Save',
  saving: 'Saving…',
  cancel: 'Cancel',
  undo: 'Undo my changes',
  kept: 'What it said before can still be read.',
  pollNote: 'Once somebody has voted, the text of a post with a poll stays as it is.',
  changedElsewhere: 'It was changed elsewhere in the meantime, and now says:',
  saveOver: 'What you wrote is still above. Press “Save” again to replace it.',
  takeTheirs: 'Take what is there',
  empty: 'Please write something first.',
  tooLong: 'This is too long. Please shorten it.',
  warningTooLong: 'The content warning is too long. Please shorten it.',
  earlier: 'What it said before',
  replacedAt: 'Changed',
  noEarlier: 'There is nothing from before.',
  warned: (words) => `Content warning: ${words}`,
};
