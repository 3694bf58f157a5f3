import { langOf } from '@sharestack/i18n/content.ts';
import { useLocale, useTexts } from '@sharestack/i18n/locale.tsx';
import { Link } from '@tanstack/react-router';
import { homeTexts } from '../homeTexts.ts';

interface Props {
  makers: readonly { value: string; count: number }[];
}

/** Whose hands the things come from; each name leads to what they make. */
export function Makers({ makers }: Props) {
  const t = useTexts(homeTexts);
  const locale = useLocale();
  if (makers.length === 0) return null;
  return (
    <section className="rounded-card border border-line px-6 py-10 text-center md:px-12">
      <h2 className="text-sm text-muted">{t.makers}</h2>
      <ul className="mt-4 flex flex-wrap justify-center gap-x-8 gap-y-1">
        {makers.slice(0, 11).map(({ value, count }) => (
          <li key={value}>
            <Link
              to="/search"
              search={{ vendor: value }}
              className="inline-flex min-h-11 items-baseline gap-1.5 font-display text-xl decoration-1 underline-offset-4 hover:text-brand hover:underline md:text-2xl"
            >
              <span lang={langOf(value, locale)}>{value}</span>
              <span className="font-sans text-xs text-muted tabular-nums" aria-hidden="true">
                {count}
              </span>
              <span className="sr-only">, {t.pieces(count)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
