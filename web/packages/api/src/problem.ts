/** What the API says when it refuses: RFC 9457, with our `code`, and `errors` per field on 422. */
export interface FieldProblem {
  field: string;
  message: string;
  code?: string;
}

export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly correlationId: string | null;
  readonly fields: readonly FieldProblem[];
  /** Seconds until another try makes sense, where the API says so. */
  readonly retryAfter: number | null;
  /** Where the thing is now (old slugs). */
  readonly location: string | null;
  /** All that the API said: a code may come with members of its own (`shortages`, `total_amount`). */
  readonly said: Readonly<Record<string, unknown>>;

  constructor(status: number, code: string, details: Partial<ApiProblem> = {}) {
    super(`${status} ${code}`);
    this.name = 'ApiProblem';
    this.status = status;
    this.code = code;
    this.correlationId = details.correlationId ?? null;
    this.fields = details.fields ?? [];
    this.retryAfter = details.retryAfter ?? null;
    this.location = details.location ?? null;
    this.said = details.said ?? {};
  }

  get isMissing(): boolean {
    return this.status === 404 || this.status === 410;
  }
}

export function problemOf(response: Response, body: unknown): ApiProblem {
  const said = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  const retryAfter = Number(response.headers.get('retry-after'));
  return new ApiProblem(response.status, typeof said.code === 'string' ? said.code : 'unknown', {
    correlationId: (said.correlation_id as string | undefined) ?? response.headers.get('x-correlation-id'),
    fields: Array.isArray(said.errors) ? (said.errors as FieldProblem[]) : [],
    retryAfter: retryAfter > 0 ? retryAfter : null,
    location: response.headers.get('location'),
    said,
  });
}

/** The network failed, or the answer did not come in time: nothing was said by the API. */
export const OFFLINE = 'offline';

/** How Chromium and Firefox, and how Safari say that a part of a page did not come. */
const MISSING_PART = /dynamically imported module|Importing a module script failed/;

/** What went wrong, to be shown; null where it is a fault of the page. */
function knownProblem(error: unknown): ApiProblem | null {
  if (error instanceof ApiProblem) return error;
  return error instanceof TypeError && MISSING_PART.test(error.message) ? new ApiProblem(0, OFFLINE) : null;
}

/** The same while a page is drawn that React may draw once more without the fault: nothing goes to the error log. */
export function drawnProblem(error: unknown): ApiProblem {
  return knownProblem(error) ?? new ApiProblem(500, 'unknown');
}

/**
 * What went wrong, to be shown. Calls throw nothing else than an `ApiProblem`; anything else is a fault of the page, and
 * goes to the error log instead of being taken for the network's.
 */
export function asProblem(error: unknown): ApiProblem {
  const problem = knownProblem(error);
  if (problem) return problem;
  globalThis.reportError?.(error);
  return new ApiProblem(500, 'unknown');
}
