import { LocaleProvider } from '@sharestack/i18n/locale.tsx';
import { act } from '@testing-library/react';
import { hydrateRoot } from 'react-dom/client';
import { renderToString } from 'react-dom/server';
import { afterEach, expect, test, vi } from 'vitest';
import { PostTime } from './PostTime.tsx';

afterEach(() => vi.unstubAllGlobals());

/** A browser in Shanghai formats in its zone where none is named. */
class ShanghaiFormat extends Intl.DateTimeFormat {
  constructor(locale?: string, options?: Intl.DateTimeFormatOptions) {
    super(locale, { timeZone: 'Asia/Shanghai', ...options });
  }
}

test.each([
  ['en', 'November 20, 2026', 'Nov 21, 2026, 7:30 AM'],
  ['zh-CN', '2026年11月20日', '2026年11月21日 07:30'],
] as const)(
  'a late evening in UTC is taken over as served, and is the next morning in Shanghai (%s)',
  async (locale, day, moment) => {
    const page = (
      <LocaleProvider locale={locale}>
        <PostTime instant="2026-11-20T23:30:00Z" />
      </LocaleProvider>
    );
    vi.stubGlobal('Intl', Object.create(Intl, { DateTimeFormat: { value: ShanghaiFormat } }));
    const place = document.createElement('p');
    place.innerHTML = renderToString(page);
    expect(place.textContent).toBe(day);
    const faults: unknown[] = [];
    await act(async () => {
      hydrateRoot(place, page, { onRecoverableError: (fault) => faults.push(fault) });
    });
    expect(faults).toEqual([]);
    expect(place.textContent?.replace(/\s/g, ' ')).toBe(moment);
    expect(place.querySelector('time')?.getAttribute('datetime')).toBe('2026-11-20T23:30:00Z');
  },
);
