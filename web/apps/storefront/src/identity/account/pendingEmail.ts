interface PendingEmail {
  email: string;
  until: number;
}

const key = (userId: string) => `pending-email:${userId}`;

/** The address that was asked for in this tab and whose link is still good; the API does not tell of it. */
export function pendingEmail(userId: string): string | null {
  try {
    const { email, until } = JSON.parse(sessionStorage.getItem(key(userId)) ?? '') as PendingEmail;
    return until > Date.now() ? email : null;
  } catch {
    return null;
  }
}

export function keepPendingEmail(userId: string, email: string, seconds: number): void {
  try {
    sessionStorage.setItem(key(userId), JSON.stringify({ email, until: Date.now() + seconds * 1000 }));
  } catch {
    // Storage can be forbidden; then it is said until the page is left.
  }
}
