import { useSite } from '@sharestack/ui/PageHead.tsx';

/** The shop's mark: its logo, or an arch with something round in it. The name stands beside it. */
export function Mark({ className }: { className: string }) {
  const { logo } = useSite();
  if (logo) {
    // The smallest variant comes first.
    return <img src={(logo.variants[0] ?? logo).url} alt="" className={`${className} max-w-36 object-contain`} />;
  }
  return (
    <svg viewBox="0 0 64 64" className={className} aria-hidden="true">
      <rect width="64" height="64" rx="14" fill="#006f49" />
      <path d="M14 50V30a18 18 0 0 1 36 0v20z" fill="#e3f0e9" />
      <circle cx="32" cy="34" r="8" fill="#d98f4a" />
    </svg>
  );
}
