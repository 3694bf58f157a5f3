const early: unknown[] = [];

const keep = (event: Event) => {
  const { error, message, reason } = event as Partial<ErrorEvent & PromiseRejectionEvent>;
  early.push(error ?? reason ?? message);
};

/** Keeps errors until the page has loaded, and then has them told: what tells them must not delay the page. */
export function watchErrors(): void {
  for (const name of ['error', 'unhandledrejection']) addEventListener(name, keep);
  const start = () =>
    void import('./telemetry.ts').then(({ startTelemetry }) => {
      for (const name of ['error', 'unhandledrejection']) removeEventListener(name, keep);
      startTelemetry(early);
    }, keep);
  if (document.readyState === 'complete') start();
  else addEventListener('load', start, { once: true });
}
