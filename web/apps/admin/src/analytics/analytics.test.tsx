import { problem } from '@sharestack/testing/api.ts';
import { expectAccessible } from '@sharestack/testing/axe.ts';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { openAdmin } from '../testing/open.tsx';

const FRESH = { refreshed_at: '2026-11-30T10:00:00Z', age_seconds: 60, time_zone: 'UTC' };
const RANGE = { first_day: '2026-11-24', last_day: '2026-11-30', freshness: FRESH, definitions: {} };
const DAYS = Array.from({ length: 7 }, (_, index) => `2026-11-${24 + index}`);
const COHORT = { registered: 10, day_1: 0.5, day_7: 0.25, day_30: null };
const DASHBOARD = {
  first_day: '2026-11-24',
  last_day: '2026-11-30',
  users: {
    ...RANGE,
    total: {
      registrations: 70,
      sessions: 900,
      average_active_users: 120.4,
      average_stickiness: 0.31,
      average_session_seconds: 330,
    },
    days: DAYS.map((day, index) => ({
      day,
      registrations: 10,
      accounts: 500 + index,
      active_users: 100 + index,
      weekly_active_users: 300,
      monthly_active_users: 420,
      stickiness: 0.3,
      sessions: 130,
      average_session_seconds: 300,
    })),
    retention: COHORT,
    cohorts: DAYS.map((day) => ({ ...COHORT, day })),
  },
  engagement: {
    ...RANGE,
    total: {
      posts: 40,
      comments: 80,
      reactions: 300,
      reposts: 9,
      votes: 12,
      engagements: 400,
      engagements_received: 390,
      engaged_posts: 30,
      hidden_posts: 1,
      engagements_per_post: 10.25,
      engagements_per_active_user: null,
      engagement_rate: 0.2,
    },
    days: DAYS.map((day) => ({ day, posts: 5, comments: 11, reactions: 43, reposts: 1, votes: 2 })),
  },
  growth: {
    ...RANGE,
    interval: 'week',
    periods: [{ starts_on: '2026-11-23', registrations: 70, accounts: 507, monthly_active_users: 420 }],
    funnel: { registered: 70, active: 60, engaged: 35, contributed: 14, returned: 7 },
  },
  health: {
    definitions: {},
    active_now: 3,
    active_last_hour: 21,
    open_errors: 1,
    new_errors: 0,
    recent_errors: 2,
    views: [],
  },
  trending: {
    period: 'day',
    freshness: FRESH,
    definitions: {},
    posts: [
      {
        rank: 1,
        people: 12,
        post_id: 'p-1',
        author_id: 'u-1',
        username: 'ada',
        excerpt: 'On engines',
        published_at: '2026-11-30T08:00:00Z',
      },
    ],
    tickers: [{ rank: 1, people: 1, ticker_id: 't-1', symbol: 'NVDA', name: 'NVIDIA' }],
  },
};
const READER = { permissions: ['analytics:read'] };

test('the figures of a range, with charts that are tables as well', async () => {
  const { asked } = await openAdmin('/admin/metrics?days=7', { 'GET /metrics/dashboard': DASHBOARD }, READER);
  expect(await screen.findByText('120.4')).toBeTruthy();
  expect(screen.getByText('31%')).toBeTruthy();
  expect(screen.getByText('5.5 min')).toBeTruthy();
  expect(screen.getByRole('figure', { name: 'Monthly' })).toBeTruthy();
  const funnel = within(screen.getByRole('region', { name: 'After registration' }));
  expect(funnel.getByText('50%')).toBeTruthy();
  const cohorts = within(screen.getByRole('table', { name: 'Retention' }));
  expect(cohorts.getByRole('row', { name: /^Everybody 10 50% 25% –/ })).toBeTruthy();
  expect(screen.getByRole('link', { name: /On engines/ }).getAttribute('href')).toBe('/posts/p-1');
  const query = asked('GET /metrics/dashboard')[0]?.query;
  const days = (Date.parse(query?.get('to') ?? '') - Date.parse(query?.get('from') ?? '')) / 86_400_000;
  expect(days).toBe(6);
  await expectAccessible();
  await userEvent.click(screen.getByRole('link', { name: '90 days' }));
  await waitFor(() => expect(asked('GET /metrics/dashboard')).toHaveLength(2));
});

test('a file is asked for, waited for, and downloaded', async () => {
  let status = 'pending';
  const file = () => ({
    id: 'f-1',
    dataset: 'cohorts',
    status,
    url: status === 'completed' ? 'https://files.example/cohorts.csv' : null,
  });
  const { asked } = await openAdmin(
    '/admin/metrics',
    { 'GET /metrics/dashboard': DASHBOARD, 'POST /metrics/exports': file, 'GET /metrics/exports/*': file },
    READER,
  );
  await userEvent.click(await screen.findByRole('button', { name: 'Make a CSV: Retention' }));
  expect(await screen.findByText('The file is being made…')).toBeTruthy();
  status = 'completed';
  const link = await screen.findByRole('link', { name: 'Download the CSV' }, { timeout: 5_000 });
  expect(link.getAttribute('href')).toBe('https://files.example/cohorts.csv');
  expect(asked('POST /metrics/exports')[0]?.body).toMatchObject({ dataset: 'cohorts', format: 'csv' });
});

test('nothing yet is not nothing at all, and what fails is tried again', async () => {
  let isDown = true;
  const empty = {
    ...DASHBOARD,
    users: { ...DASHBOARD.users, cohorts: [], total: { ...DASHBOARD.users.total, average_session_seconds: null } },
    growth: {
      ...DASHBOARD.growth,
      funnel: { registered: 0, active: 0, engaged: 0, contributed: 0, returned: 0 },
      periods: [],
    },
    trending: { ...DASHBOARD.trending, posts: [], tickers: [] },
  };
  await openAdmin(
    '/admin/metrics',
    { 'GET /metrics/dashboard': () => (isDown ? problem(400, 'bad_request') : empty) },
    READER,
  );
  const again = await screen.findByRole('button', { name: 'Try again' });
  isDown = false;
  await userEvent.click(again);
  expect((await screen.findAllByText('Nothing yet')).length).toBe(3);
});
