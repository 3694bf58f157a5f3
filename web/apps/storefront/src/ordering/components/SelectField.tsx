import { type ComponentProps, useId } from 'react';

interface Props extends ComponentProps<'select'> {
  label: string;
  problem?: string | undefined;
}

/** A labelled choice with its problem said along with it; uncontrolled, as `TextField`. */
export function SelectField({ label, problem, className = '', children, ...rest }: Props) {
  const id = useId();
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1.5 block text-sm font-medium">
        {label}
      </label>
      <select
        {...rest}
        id={id}
        aria-invalid={problem ? true : undefined}
        aria-describedby={`${id}-problem`}
        className="min-h-11 w-full rounded-control border border-control bg-surface px-3 aria-invalid:border-danger"
      >
        {children}
      </select>
      <p id={`${id}-problem`} className="mt-1 text-sm text-danger empty:hidden">
        {problem}
      </p>
    </div>
  );
}
