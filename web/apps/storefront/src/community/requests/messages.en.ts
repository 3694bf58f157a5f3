import { plural } from '@sharestack/i18n/plural.ts';
import type { zh } from './messages.zh.ts';

export const en: typeof zh = {
  title: 'Follow requests',
  about: 'While your account is for followers only, people ask before they follow you.',
  waiting: (count) => `${plural(count, 'request waits', 'requests wait')} for your answer`,
  directionsLabel: 'Which requests',
  directions: { received: 'Received', sent: 'Sent' },
  askedOn: 'Asked on',
  accept: 'Accept',
  acceptOf: (name) => `Accept ${name}`,
  decline: 'Decline',
  declineOf: (name) => `Decline ${name}`,
  withdraw: 'Withdraw',
  withdrawOf: (name) => `Withdraw the request to follow ${name}`,
  askAgain: 'Ask again',
  done: {
    accepted: 'Accepted. They follow you now.',
    declined: 'Declined. They are not told.',
    withdrawn: 'Withdrawn.',
  },
  none: 'No requests wait for you',
  nonePublic: 'Your account is for everybody, so people follow you without asking.',
  nonePrivate: 'When somebody asks to follow you, it is here.',
  toProfile: 'Your profile',
  noneSent: 'You have not asked anybody',
  noneSentBody: 'People whom you asked to follow are here until they have answered.',
  toFeed: 'See what people post',
  problems: {
    follow_request_not_found: 'This request is gone. Perhaps it was withdrawn.',
    user_not_found: 'This person is not here any more. The account may be closed.',
  },
};
