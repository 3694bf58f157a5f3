import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Link } from '@tanstack/react-router';
import { BadgeCheck, PackageCheck, Undo2 } from 'lucide-react';
import { homeTexts } from '../homeTexts.ts';

const ICONS = [PackageCheck, BadgeCheck, Undo2];

/** What this shop does for whoever buys here; each is something that the software keeps. */
export function Promises() {
  const t = useTexts(homeTexts);
  return (
    <ul className="grid gap-8 border-t border-line pt-10 md:grid-cols-3 md:gap-12">
      {t.promises.map(({ title, body }, index) => {
        const Icon = ICONS[index] ?? PackageCheck;
        return (
          <li key={title} className="flex gap-4">
            <Icon className="mt-0.5 size-6 shrink-0 text-brand" strokeWidth={1.5} aria-hidden="true" />
            <div>
              <p className="font-medium">{title}</p>
              <p className="mt-1 text-sm text-muted">{body}</p>
              {index === 2 && (
                <Link
                  to="/legal/$name"
                  params={{ name: 'returns' }}
                  className="inline-flex min-h-9 items-center text-sm underline underline-offset-4"
                >
                  {t.howReturns}
                </Link>
              )}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
