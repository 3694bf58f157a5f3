import { cleanup, configure } from '@testing-library/react';
import { afterEach } from 'vitest';
import { addDialogs } from './dialogs.ts';

configure({ asyncUtilTimeout: 8000 });

afterEach(() => {
  cleanup();
  if (typeof localStorage === 'undefined') return;
  localStorage.clear();
  for (const cookie of document.cookie.split(';')) {
    // biome-ignore lint/suspicious/noDocumentCookie: jsdom has no cookie store
    document.cookie = `${cookie.split('=')[0]}=; max-age=0; path=/`;
  }
});

// What jsdom has no layout for.
if (typeof window !== 'undefined') {
  window.scrollTo = () => undefined;
  window.scrollBy = () => undefined;
  Element.prototype.scrollIntoView = () => undefined;
  HTMLCanvasElement.prototype.getContext = () => null;
  addDialogs();
}
