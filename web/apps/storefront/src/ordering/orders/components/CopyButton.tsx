import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useState } from 'react';
import { orderTexts } from '../texts.ts';

/** Copies a text; where the browser refuses, the text can still be marked by hand. */
export function CopyButton({ text }: { text: string }) {
  const t = useTexts(orderTexts);
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
    } catch {
      setCopied(false);
    }
  };
  return (
    <button
      type="button"
      onClick={() => void copy()}
      className="min-h-11 px-2 text-sm text-brand underline-offset-4 hover:underline print:hidden"
    >
      <span role="status">{isCopied ? t.copied : t.copy}</span>
    </button>
  );
}
