import { LocaleProvider } from '@sharestack/i18n/locale.tsx';
import { expectAccessible } from '@sharestack/testing/axe.ts';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import { BarChart } from './BarChart.tsx';
import { type ChartData, extent, labelled } from './data.ts';
import { LineChart } from './LineChart.tsx';

const DAYS: ChartData = {
  title: 'Net sales',
  description: 'Net sales of three days.',
  axis: 'Day',
  labels: ['1 Nov', '2 Nov', '3 Nov'],
  series: [{ name: 'These days', values: [10, -5, 20] }],
  format: (value) => `$${value}`,
};
const COMPARED: ChartData = { ...DAYS, series: [...DAYS.series, { name: 'Before', values: [1, 2, 3] }] };

const show = (chart: React.ReactNode) => render(<LocaleProvider locale="en">{chart}</LocaleProvider>);

afterEach(() => vi.unstubAllGlobals());

test.each([
  ['bars', <BarChart key="bars" {...DAYS} />],
  ['lines', <LineChart key="lines" {...COMPARED} />],
])('%s are a figure with a name, and read point by point', async (_, chart) => {
  show(chart);
  expect(screen.getByRole('figure', { name: 'Net sales' })).toBeTruthy();
  const points = screen.getByRole('slider', { name: 'Net sales' });
  await userEvent.tab();
  expect(document.activeElement).toBe(points);
  expect(points.getAttribute('aria-valuetext')).toContain('$10');
  await userEvent.keyboard('{ArrowRight}');
  expect(points.getAttribute('aria-valuetext')).toMatch(/^2 Nov: .*\$-5/);
  await userEvent.keyboard('{End}');
  expect(points.getAttribute('aria-valuenow')).toBe('2');
  await userEvent.keyboard('{ArrowRight}{ArrowUp}');
  expect(points.getAttribute('aria-valuenow')).toBe('2');
  await userEvent.keyboard('{Home}{ArrowLeft}a');
  expect(points.getAttribute('aria-valuenow')).toBe('0');
  await expectAccessible();
});

test('the same numbers are there as a table', async () => {
  show(<LineChart {...COMPARED} />);
  await userEvent.click(screen.getByText('Show as a table'));
  const table = within(await screen.findByRole('table'));
  expect(table.getAllByRole('columnheader').map(({ textContent }) => textContent)).toEqual([
    'Day',
    'These days',
    'Before',
  ]);
  expect(table.getByRole('row', { name: '2 Nov $-5 $2' })).toBeTruthy();
  await expectAccessible();
});

test('what rises and falls is in the colours for these, and has an arrow', () => {
  const [first, second] = COMPARED.series;
  if (!first || !second) throw new Error('two lines');
  const series = [
    { ...first, trend: 'up' as const },
    { ...second, trend: 'down' as const },
  ];
  const { container } = show(<LineChart {...COMPARED} series={series} />);
  expect(container.querySelector('.stroke-up')).toBeTruthy();
  expect(container.querySelector('.stroke-down')).toBeTruthy();
  expect(screen.getByText('▲').getAttribute('aria-hidden')).toBe('true');
  expect(screen.getByText('▼')).toBeTruthy();
});

test('a pointer reads the point below it', async () => {
  show(<BarChart {...DAYS} />);
  const points = screen.getByRole('slider');
  vi.spyOn(points, 'getBoundingClientRect').mockReturnValue(new DOMRect(0, 0, 640, 220));
  await userEvent.pointer({ target: points, coords: { clientX: 620 } });
  expect(points.getAttribute('aria-valuetext')).toBe('3 Nov: $20');
  await userEvent.unhover(points);
  expect(points.getAttribute('aria-valuenow')).toBe('0');
});

test('nothing is said to be nothing', async () => {
  const { container } = show(<LineChart {...DAYS} labels={[]} series={[{ name: 'These days', values: [] }]} />);
  expect(screen.getByText('There is no data for this time yet.')).toBeTruthy();
  expect(screen.queryByRole('slider')).toBeNull();
  await expectAccessible(container);
});

test('one point is a dot, as a line needs two', () => {
  const { container } = show(<LineChart {...DAYS} labels={['1 Nov']} series={[{ name: 'Day', values: [3] }]} />);
  expect(container.querySelectorAll('circle')).toHaveLength(1);
});

test('a shop without sales has an axis, and what is below zero hangs down', () => {
  expect(extent([{ name: 'a', values: [0, 0] }])).toEqual([0, 1]);
  expect(extent(DAYS.series)).toEqual([-5, 20]);
  const { container } = show(<BarChart {...DAYS} />);
  expect(container.querySelectorAll('.fill-danger')).toHaveLength(1);
});

test('labels leave each other room', () => {
  expect(labelled(30, 640)).toEqual([0, 5, 10, 15, 20, 25]);
  expect(labelled(3, 640)).toEqual([0, 1, 2]);
  expect(labelled(90, 10)).toEqual([0]);
});

test('a chart is as wide as its place', () => {
  let tell: ((entries: { contentRect: { width: number } }[]) => void) | undefined;
  vi.stubGlobal(
    'ResizeObserver',
    class {
      constructor(listen: typeof tell) {
        tell = listen;
      }
      observe() {
        tell?.([{ contentRect: { width: 320 } }]);
      }
      disconnect() {
        tell = undefined;
      }
    },
  );
  const { container, unmount } = show(<BarChart {...DAYS} />);
  expect(container.querySelector('figure svg[height]')?.getAttribute('width')).toBe('320');
  unmount();
  expect(tell).toBeUndefined();
});
