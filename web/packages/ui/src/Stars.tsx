import { useTexts } from '@sharestack/i18n/locale.tsx';
import { texts } from './messages.ts';

const PATH = 'M10 1.8l2.5 5.2 5.7.8-4.1 4 1 5.7-5.1-2.7-5.1 2.7 1-5.7-4.1-4 5.7-.8z';

/** Stars to the nearest half, drawn; said as text to who does not see them. */
export function Stars({ value, className = 'h-4' }: { value: number; className?: string }) {
  const t = useTexts(texts);
  const half = Math.round(value * 2) / 2;
  return (
    <span className="inline-flex items-center text-star" role="img" aria-label={t.stars(value.toFixed(1))}>
      {[0, 1, 2, 3, 4].map((star) => {
        const fill = half - star >= 1 ? 100 : half - star > 0 ? 50 : 0;
        return (
          <svg key={star} viewBox="0 0 20 20" className={`${className} aspect-square`} aria-hidden="true">
            <path d={PATH} fill="none" stroke="currentColor" strokeWidth="1.2" />
            {fill > 0 && (
              <path d={PATH} fill="currentColor" style={{ clipPath: fill === 50 ? 'inset(0 50% 0 0)' : 'none' }} />
            )}
          </svg>
        );
      })}
    </span>
  );
}
