import { LocaleProvider } from '@sharestack/i18n/locale.tsx';
import { render } from '@testing-library/react';
import { expect, test } from 'vitest';
import { headHtml, headTags, scriptJson } from './head.ts';
import { PageHead, SiteProvider } from './PageHead.tsx';

const PLACE = { site: 'Shop', origin: 'https://shop.example', locale: 'en' } as const;

test('a page names its own address and its other language', () => {
  const html = headHtml(headTags({ title: 'Pot', path: '/en/p/pot', image: '/media/pot.webp' }, PLACE));
  expect(html).toContain('<title data-head>Pot · Shop</title>');
  expect(html).toContain('rel="canonical" href="https://shop.example/en/p/pot"');
  expect(html).toContain('hreflang="zh-CN" href="https://shop.example/p/pot"');
  expect(html).toContain('property="og:image" content="https://shop.example/media/pot.webp"');
  expect(html).not.toContain('noindex');
});

test('an error page has neither canonical nor other languages, and is in no index', () => {
  const html = headHtml(headTags({ title: 'Not here', isIndexed: false }, PLACE));
  expect(html).toContain('noindex');
  expect(html).not.toMatch(/canonical|hreflang|og:/);
});

test('what people wrote cannot leave its place in the head', () => {
  const html = headHtml(
    headTags(
      { title: '</title><script>', description: '"><img>', path: '/', jsonLd: [{ name: '</script><b>' }] },
      PLACE,
    ),
  );
  expect(html).not.toContain('<script>');
  expect(html).not.toContain('<img>');
  expect(html).not.toContain('</script><b>');
  expect(JSON.parse(scriptJson('"\u2028</script>"'))).toBe('\u2028</script>');
});

test('a page that follows another replaces what that one said', () => {
  const page = (title: string, path: string) => (
    <LocaleProvider locale="en">
      <SiteProvider site={{ name: 'Shop', email: 'shop@shop.example', origin: 'https://shop.example' }}>
        <PageHead title={title} path={path} jsonLd={[{ name: title }]} />
      </SiteProvider>
    </LocaleProvider>
  );
  const { rerender } = render(page('One', '/en/one'));
  rerender(page('Two', '/en/two'));
  expect(document.title).toBe('Two · Shop');
  expect(document.querySelectorAll('link[rel=canonical]')).toHaveLength(1);
  expect(document.querySelector('link[rel=canonical]')?.getAttribute('href')).toBe('https://shop.example/en/two');
});
