import type { zh } from './messages.zh.ts';

export const en: typeof zh = {
  setFlair: 'Choose a flair',
  moderate: 'Moderate in the group',
  removeComment: 'Remove from the group',
  acceptAnswer: 'Accept as the answer',
  pinOnPage: 'Pin to my page',
  unpinFromPage: 'Unpin from my page',
  pinnedOnPage: 'It stands first on your page now.',
  unpinnedFromPage: 'It is not pinned to your page any more.',
  editPost: 'Edit',
  editComment: 'Edit comment',
};
