import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Moment } from '@sharestack/ui/Moment.tsx';
import { Check, X } from 'lucide-react';
import { type Step, stepsOf } from '../orderState.ts';
import type { Order } from '../queries.ts';
import { orderTexts } from '../texts.ts';

/** The steps that an order takes: below each other on phones, side by side where there is room. */
export function OrderProgress({ order }: { order: Order }) {
  const t = useTexts(orderTexts);
  const steps = stepsOf(order);
  const next = steps.findIndex((step) => !step.isDone);
  return (
    <section aria-label={t.progress} className="print:hidden">
      <ol className="flex flex-col @2xl:flex-row">
        {steps.map((step, place) => (
          <ProgressStep key={step.name} step={step} isNext={place === next} isLast={place === steps.length - 1} />
        ))}
      </ol>
    </section>
  );
}

function ProgressStep({ step, isNext, isLast }: { step: Step; isNext: boolean; isLast: boolean }) {
  const t = useTexts(orderTexts);
  const isEnd = step.name === 'cancelled' || step.name === 'refunded';
  return (
    <li
      aria-current={isNext ? 'step' : undefined}
      className="relative flex min-h-14 gap-3 @2xl:min-h-0 @2xl:flex-1 @2xl:flex-col @2xl:gap-2"
    >
      {!isLast && (
        <span
          aria-hidden="true"
          className={`absolute top-7 bottom-0 left-3.5 w-px @2xl:top-3.5 @2xl:right-0 @2xl:bottom-auto @2xl:left-7 @2xl:h-px @2xl:w-auto ${step.isDone ? 'bg-brand' : 'bg-line'}`}
        />
      )}
      <span
        aria-hidden="true"
        className={`relative grid size-7 shrink-0 place-items-center rounded-full ${lookOf(step, isEnd, isNext)}`}
      >
        {isEnd ? <X className="size-4" /> : step.isDone && <Check className="size-4" />}
      </span>
      <span className="pb-3 @2xl:pr-3">
        <span className={`block leading-7 @2xl:leading-normal ${step.isDone || isNext ? 'font-medium' : 'text-muted'}`}>
          {t.steps[step.name]}
          <span className="sr-only"> ({step.isDone ? t.stepDone : isNext ? t.stepNow : t.stepOpen})</span>
        </span>
        {step.isDone && step.at && <Moment instant={step.at} precision="day" className="block text-sm text-muted" />}
      </span>
    </li>
  );
}

function lookOf(step: Step, isEnd: boolean, isNext: boolean): string {
  if (isEnd) return 'bg-ink text-paper';
  if (step.isDone) return 'bg-brand text-on-brand';
  return `border-2 bg-paper ${isNext ? 'border-brand' : 'border-line'}`;
}
