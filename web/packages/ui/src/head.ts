import { LOCALES, type Locale, pathIn } from '@sharestack/i18n/locale.tsx';

/** What a page says about itself to browsers, search engines and those who share its link. */
export interface PageHead {
  title: string;
  description?: string;
  /** The page's own path without query, in its own language; none on errors and private pages. */
  path?: string;
  image?: string | null;
  kind?: 'website' | 'product' | 'article';
  isIndexed?: boolean;
  jsonLd?: readonly object[];
}

export interface HeadPlace {
  site: string;
  origin: string;
  locale: Locale;
}

export interface HeadTag {
  name: 'title' | 'meta' | 'link' | 'script';
  attributes: Record<string, string>;
  text?: string;
}

const meta = (name: string, content: string): HeadTag => ({ name: 'meta', attributes: { name, content } });
const graph = (property: string, content: string): HeadTag => ({ name: 'meta', attributes: { property, content } });
const link = (attributes: Record<string, string>): HeadTag => ({ name: 'link', attributes });

export function headTags(head: PageHead, { site, origin, locale }: HeadPlace): HeadTag[] {
  const title = head.title === site ? site : `${head.title} · ${site}`;
  const tags: HeadTag[] = [{ name: 'title', attributes: {}, text: title }];
  if (head.description) tags.push(meta('description', head.description));
  if (head.isIndexed === false || !head.path) tags.push(meta('robots', 'noindex'));
  if (head.path) {
    tags.push(link({ rel: 'canonical', href: origin + head.path }));
    for (const other of LOCALES) {
      tags.push(link({ rel: 'alternate', hreflang: other, href: origin + pathIn(other, head.path) }));
    }
    tags.push(link({ rel: 'alternate', hreflang: 'x-default', href: origin + pathIn('zh-CN', head.path) }));
    tags.push(...shareTags(head, head.path, { site, origin, locale }));
  }
  for (const data of head.jsonLd ?? []) {
    tags.push({
      name: 'script',
      attributes: { type: 'application/ld+json' },
      text: JSON.stringify({ '@context': 'https://schema.org', ...data }),
    });
  }
  return tags;
}

function shareTags(head: PageHead, path: string, { site, origin, locale }: HeadPlace): HeadTag[] {
  const tags = [
    graph('og:site_name', site),
    graph('og:type', head.kind ?? 'website'),
    graph('og:title', head.title),
    graph('og:url', origin + path),
    graph('og:locale', locale.replace('-', '_')),
    meta('twitter:card', head.image ? 'summary_large_image' : 'summary'),
  ];
  if (head.description) tags.push(graph('og:description', head.description));
  if (head.image) tags.push(graph('og:image', new URL(head.image, origin).href));
  return tags;
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => ESCAPES[sign] as string);
}

/** JSON inside a script element: nothing in it can end the element or open a comment. */
export function scriptJson(json: string): string {
  return json
    .replace(/</g, '\\u003c')
    .replace(/\u2028/g, '\\u2028')
    .replace(/\u2029/g, '\\u2029');
}

export function headHtml(tags: readonly HeadTag[]): string {
  return tags
    .map(({ name, attributes, text }) => {
      const list = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeHtml(value)}"`);
      const open = `<${name} data-head${list.join('')}>`;
      if (text === undefined) return open;
      return `${open}${name === 'script' ? scriptJson(text) : escapeHtml(text)}</${name}>`;
    })
    .join('');
}

/** Replace what the former page said about itself. */
export function applyHead(tags: readonly HeadTag[], document: Document): void {
  for (const element of document.head.querySelectorAll('[data-head], title')) element.remove();
  for (const { name, attributes, text } of tags) {
    const element = document.createElement(name);
    element.setAttribute('data-head', '');
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    if (text !== undefined) element.textContent = text;
    document.head.append(element);
  }
}
