import { plural } from '@sharestack/i18n/plural.ts';
import type { zh } from './messages.zh.ts';

export const en: typeof zh = {
  tickerTitle: (symbol, name) => (name ? `${name} (${symbol})` : symbol),
  tickerAbout: (symbol) =>
    `What people think of ${symbol}: the latest posts, how much it is talked of, bulls and bears.`,
  tagAbout: (tag) => `The latest posts about #${tag}.`,
  market: 'Market',
  inMonth: (count) => `${plural(count, 'post', 'posts')} in 30 days`,
  bullish: (count) => `${count} bullish`,
  bearish: (count) => `${count} bearish`,
  ratio: (percent) => `${percent} % of them bullish`,
  followers: (count) => plural(count, 'follower', 'followers'),
  watchers: (count) => `on ${plural(count, 'watchlist', 'watchlists')}`,
  follow: 'Follow',
  unfollow: 'Unfollow',
  watch: 'Watch',
  unwatch: 'Stop watching',
  signIn: 'Sign in to follow',
  charts: 'Over 30 days',
  volume: 'Posts a day',
  volumeAbout: 'How many public posts were written on each of the last 30 days.',
  mood: 'Bullish and bearish',
  moodAbout: 'How many posts were marked as bullish and as bearish on each of the last 30 days.',
  bullishLine: 'Bullish',
  bearishLine: 'Bearish',
  day: 'Day',
  posts: (name) => `Posts about ${name}`,
  noPosts: 'Nobody has written about this yet',
  disclaimer: 'These are opinions of individuals, not investment advice.',
};
