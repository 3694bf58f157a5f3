import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Children, type ReactNode } from 'react';
import { texts } from '../texts.ts';

const SHOWN = 6;

/** A filter's choices; what goes beyond six is folded away. */
export function FacetGroup({
  title,
  lang,
  children,
}: {
  title: string;
  lang?: string | undefined;
  children: ReactNode;
}) {
  const t = useTexts(texts);
  const choices = Children.toArray(children);
  if (choices.length === 0) return null;
  return (
    <div className="border-t border-line py-4 first:border-t-0 first:pt-0">
      <h3 lang={lang} className="mb-1.5 text-sm font-semibold">
        {title}
      </h3>
      {choices.slice(0, SHOWN)}
      {choices.length > SHOWN && (
        <details className="group/more">
          <summary className="flex min-h-9 items-center text-sm text-brand underline-offset-4 group-open/more:hidden hover:underline">
            {t.moreChoices(choices.length - SHOWN)}
          </summary>
          {choices.slice(SHOWN)}
        </details>
      )}
    </div>
  );
}
