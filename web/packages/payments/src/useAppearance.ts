import type { Appearance } from '@stripe/stripe-js';
import { useEffect, useState } from 'react';

/** The provider's form looks like the shop: its colours are those of `tokens.css`, in the theme of the moment. */
export function useAppearance(): Appearance {
  const [appearance, setAppearance] = useState(appearanceOfPage);
  useEffect(() => {
    const follow = () => setAppearance(appearanceOfPage());
    const observer = new MutationObserver(follow);
    observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    const media = window.matchMedia?.('(prefers-color-scheme: dark)');
    media?.addEventListener('change', follow);
    return () => {
      observer.disconnect();
      media?.removeEventListener('change', follow);
    };
  }, []);
  return appearance;
}

function appearanceOfPage(): Appearance {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim();
  const border = `1px solid ${token('control')}`;
  return {
    theme: style.colorScheme === 'dark' ? 'night' : 'stripe',
    labels: 'above',
    variables: {
      colorPrimary: token('brand'),
      colorBackground: token('surface'),
      colorText: token('ink'),
      colorTextSecondary: token('muted'),
      colorTextPlaceholder: token('muted'),
      colorDanger: token('danger'),
      colorWarning: token('warn'),
      colorSuccess: token('brand'),
      borderRadius: '6px',
      fontFamily: getComputedStyle(document.body).fontFamily,
      fontSizeBase: '16px',
      spacingUnit: '4px',
    },
    rules: {
      '.Input': { border, boxShadow: 'none' },
      '.Tab': { border: `1px solid ${token('line')}`, boxShadow: 'none' },
      '.Tab--selected': { border: `1px solid ${token('brand')}` },
      '.Label': { fontSize: '14px', fontWeight: '500' },
    },
  };
}
