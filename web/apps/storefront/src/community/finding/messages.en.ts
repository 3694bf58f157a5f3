import { plural } from '@sharestack/i18n/plural.ts';
import type { zh } from './messages.zh.ts';

export const en: typeof zh = {
  title: 'Search the community',
  titleOf: (words) => `Results for “${words}”`,
  about: 'Look for posts, people, tickers, tags and groups.',
  field: 'What you look for',
  placeholder: 'For example: $AAPL, coffee, 茅台',
  search: 'Search',
  kindsLabel: 'What kind',
  all: 'All',
  kinds: { posts: 'Posts', people: 'People', tickers: 'Tickers', tags: 'Tags', groups: 'Groups' },
  suggestionKinds: { user: 'Person', ticker: 'Ticker', hashtag: 'Tag' },
  products: 'Look for products',
  more: {
    posts: 'More posts',
    people: 'More people',
    tickers: 'More tickers',
    tags: 'More tags',
    groups: 'More groups',
  },
  followers: (count) => plural(count, 'follower', 'followers'),
  followed: 'You follow this',
  isPrivate: 'For followers only',
  onlySimilar: 'Nothing has all of these words; this comes near.',
  mostShown: (count) => `These are the first ${count}. Write more to find fewer.`,
  tooShort: 'Please write a little more: two letters, or one Chinese character.',
  nothing: 'Nothing found',
  nothingBody: 'Try other words, or fewer of them.',
  toFeed: 'See what everybody posts',
  loading: 'Searching…',
  found: (count) => `${count} found`,
};
