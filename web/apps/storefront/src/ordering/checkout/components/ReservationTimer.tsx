import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useSecondsUntil } from '@sharestack/ui/useSecondsUntil.ts';
import { Clock } from 'lucide-react';
import { useEffect } from 'react';
import { minutesAndSeconds } from '../clock.ts';
import { closingTexts } from '../closingTexts.ts';

const SOON_SECONDS = 60;

interface Props {
  expiresAt: string;
  /** The time is over by this clock, which may be wrong: the API knows. */
  onOver: () => void;
}

/** How long the stock is kept for this customer. */
export function ReservationTimer({ expiresAt, onOver }: Props) {
  const t = useTexts(closingTexts);
  const seconds = useSecondsUntil(Date.parse(expiresAt));
  const isOver = seconds === 0;
  useEffect(() => {
    if (isOver) onOver();
  }, [isOver, onOver]);
  if (seconds === null || isOver) return null;
  const isSoon = seconds < SOON_SECONDS;
  return (
    <div className={`rounded-control px-4 py-3 text-sm ${isSoon ? 'bg-warn-soft text-warn' : 'bg-sunken'}`}>
      <p role="timer" className="flex items-center gap-2 tabular-nums">
        <Clock className="size-4 shrink-0" aria-hidden="true" />
        {t.reserved(minutesAndSeconds(seconds))}
      </p>
      <p role="status" className="sr-only">
        {isSoon && t.reservedSoonOver}
      </p>
    </div>
  );
}
