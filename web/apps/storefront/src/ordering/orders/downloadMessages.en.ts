import { plural } from '@sharestack/i18n/plural.ts';
import type { zh } from './downloadMessages.zh.ts';

export const en: typeof zh = {
  downloads: 'Downloads',
  download: 'Download',
  downloadOf: (name) => `Download ${name}`,
  downloadsLeft: (count) => `${plural(count, 'download', 'downloads')} left`,
  downloadStarted: 'The download has begun. Its link is good for five minutes; please do not pass it on.',
  noDownloadsLeft: 'It was downloaded as often as it can be. Please write to us if you need it again.',
};
