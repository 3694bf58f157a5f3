import { formatCount, plural } from '@sharestack/i18n/plural.ts';
import type { zh } from './messages.zh.ts';

export const en: typeof zh = {
  stars: (value) => `${value} out of 5 stars`,
  ratings: (count) => plural(count, 'review', 'reviews'),
  retry: 'Try again',
  errorTitle: 'Something went wrong here',
  errorBody: 'This part did not load. It is most likely temporary: please try again in a moment.',
  offlineTitle: 'No connection',
  offlineBody: 'The network seems to be down. Try again once you are back; what you typed is still here.',
  errorId: 'Problem id',
  close: 'Close',
  discard: 'What you wrote is not sent. Close all the same?',
  more: 'More',
  loading: 'Loading…',
  shown: (count) => `${formatCount(count)} shown`,
};
