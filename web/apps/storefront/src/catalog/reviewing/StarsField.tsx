import { useTexts } from '@sharestack/i18n/locale.tsx';
import { reviewTexts } from './texts.ts';

/** One to five stars, as the five choices that they are; those below the chosen one are filled as well. */
export function StarsField({ chosen, onChoose }: { chosen: number; onChoose: (stars: number) => void }) {
  const t = useTexts(reviewTexts);
  return (
    <fieldset>
      <legend className="mb-1.5 text-sm font-medium">{t.yourRating}</legend>
      <div className="flex">
        {[1, 2, 3, 4, 5].map((stars) => (
          <label
            key={stars}
            className="relative grid size-11 cursor-pointer place-items-center rounded-control text-star has-focus-visible:outline-2 has-focus-visible:outline-brand"
          >
            <input
              type="radio"
              name="rating"
              value={stars}
              checked={chosen === stars}
              onChange={() => onChoose(stars)}
              className="absolute inset-0 cursor-pointer appearance-none outline-none"
            />
            <span className="sr-only">{t.starsGiven(stars)}</span>
            <svg viewBox="0 0 20 20" className="size-7" aria-hidden="true">
              <path
                d="M10 1.8l2.5 5.2 5.7.8-4.1 4 1 5.7-5.1-2.7-5.1 2.7 1-5.7-4.1-4 5.7-.8z"
                fill={stars <= chosen ? 'currentColor' : 'none'}
                stroke="currentColor"
                strokeWidth="1.2"
              />
            </svg>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
