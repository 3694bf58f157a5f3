import { langOf } from '@sharestack/i18n/content.ts';
import { useLocale } from '@sharestack/i18n/locale.tsx';
import { Link } from '@tanstack/react-router';
import { Fragment } from 'react';
import type { Entity } from '../queries.ts';
import { type TextPart, textParts } from '../textParts.ts';

const LINK = 'text-brand underline decoration-1 underline-offset-4';

interface Props {
  text: string;
  entities: readonly Entity[];
  language?: string | null;
}

/** Plain text of a person's, line by line as they typed it, with what leads somewhere as links. */
export function PostText({ text, entities, language = null }: Props) {
  const locale = useLocale();
  if (!text) return null;
  return (
    <p dir="auto" lang={language ?? langOf(text, locale)} className="break-words whitespace-pre-wrap">
      {textParts(text, entities).map((part, index) => (
        // The parts of a text have no other name, and never move
        <Fragment key={index}>
          <Part part={part} />
        </Fragment>
      ))}
    </p>
  );
}

function Part({ part }: { part: TextPart }) {
  switch (part.kind) {
    case 'words':
      return part.text;
    case 'link':
      return (
        <a href={part.href} rel="nofollow ugc noopener" className={`${LINK} break-all`}>
          {part.text}
        </a>
      );
    case 'ticker':
      return (
        <Link to="/t/$symbol" params={{ symbol: part.symbol }} className={`${LINK} font-medium`}>
          {part.text}
        </Link>
      );
    case 'hashtag':
      return (
        <Link to="/tag/$tag" params={{ tag: part.hashtag }} className={LINK}>
          {part.text}
        </Link>
      );
    case 'mention':
      return (
        <Link to="/@{$name}" params={{ name: part.username }} className={LINK}>
          {part.text}
        </Link>
      );
  }
}
