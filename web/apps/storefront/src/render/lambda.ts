/** A function URL's event and answer (payload format 2.0), as far as pages need them. */
export interface FunctionUrlEvent {
  rawPath: string;
  rawQueryString?: string;
  headers?: Record<string, string | undefined>;
  requestContext?: { http?: { method?: string; sourceIp?: string } };
}

export interface FunctionUrlAnswer {
  statusCode: number;
  headers: Record<string, string>;
  body: string;
}

export interface PageRequest {
  method: string;
  path: string;
  /** With the question mark, or empty. */
  query: string;
  /** Who asks, for the API's limits: CloudFront appends the address it saw. */
  forwardedFor: string;
}

export interface PageAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

export function toRequest(event: FunctionUrlEvent): PageRequest {
  const http = event.requestContext?.http;
  return {
    method: http?.method ?? 'GET',
    path: event.rawPath || '/',
    query: event.rawQueryString ? `?${event.rawQueryString}` : '',
    forwardedFor: event.headers?.['x-forwarded-for'] ?? http?.sourceIp ?? '',
  };
}

export function toAnswer({ status, headers, body }: PageAnswer, event: FunctionUrlEvent): FunctionUrlAnswer {
  const isHead = event.requestContext?.http?.method === 'HEAD';
  return { statusCode: status, headers, body: isHead ? '' : body };
}
