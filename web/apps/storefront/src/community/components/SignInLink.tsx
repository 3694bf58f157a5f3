import { buttonClass } from '@sharestack/ui/Button.tsx';
import { Link, useLocation } from '@tanstack/react-router';
import type { ReactNode } from 'react';

/** To where one signs in, and back to this page. */
export function SignInLink({ children }: { children: ReactNode }) {
  const { publicHref } = useLocation();
  return (
    <Link
      to="/sign-in"
      search={{ next: publicHref }}
      rel="nofollow"
      preload={false}
      className={buttonClass('secondary', 'mt-4')}
    >
      {children}
    </Link>
  );
}
