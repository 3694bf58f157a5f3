import { stubApi } from '@sharestack/testing/api.ts';
import { expectAccessible } from '@sharestack/testing/axe.ts';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { COMMUNITY, listed, TICKER } from '../../testing/community.ts';
import { main } from '../../testing/forms.ts';
import { openPage } from '../../testing/openPage.tsx';

test('who looks at the mood of a ticker chooses the colours of rises and falls there', async () => {
  stubApi({ ...COMMUNITY, 'GET /tickers/AAPL': TICKER, 'GET /tickers/AAPL/posts': listed() });
  await openPage('/en/t/AAPL');
  await userEvent.click(await main().findByText('Over 30 days'));
  const field = await main().findByLabelText('Colours of rises and falls');
  await userEvent.selectOptions(field, 'Red is up');
  expect(document.documentElement.dataset.market).toBe('red-up');
  expect(main().getByText('▲')).toBeTruthy();
  await expectAccessible();
  await userEvent.selectOptions(field, 'As usual in English (green is up)');
  expect(document.documentElement.dataset.market).toBeUndefined();
});
