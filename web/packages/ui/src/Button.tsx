import type { ButtonHTMLAttributes } from 'react';

export type ButtonKind = 'primary' | 'secondary' | 'quiet' | 'danger';

const BASE =
  'inline-flex min-h-11 items-center justify-center gap-2 rounded-control px-5 text-center font-medium ' +
  'transition-colors disabled:cursor-not-allowed disabled:opacity-60';

const KINDS: Record<ButtonKind, string> = {
  primary: 'bg-brand text-on-brand hover:bg-brand-strong',
  secondary: 'border border-control bg-surface text-ink hover:border-ink',
  danger: 'border border-danger bg-surface text-danger hover:bg-danger-soft',
  quiet: 'px-3 text-brand underline-offset-4 hover:underline',
};

/** The look of a button, for links as well. */
export function buttonClass(kind: ButtonKind = 'primary', extra = ''): string {
  return `${BASE} ${KINDS[kind]} ${extra}`;
}

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  kind?: ButtonKind;
  /** Something is under way: the button keeps its place and focus, and does nothing. */
  busy?: boolean;
}

export function Button({ kind = 'primary', busy = false, className = '', type = 'button', onClick, ...rest }: Props) {
  return (
    <button
      {...rest}
      type={busy ? 'button' : type}
      aria-disabled={busy || undefined}
      aria-busy={busy || undefined}
      className={buttonClass(kind, `${busy ? 'opacity-70' : ''} ${className}`)}
      onClick={busy ? (event) => event.preventDefault() : onClick}
    />
  );
}
