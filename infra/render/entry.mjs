// What Lambda calls: hands the render function of `web/` the page's own address. CloudFront asks for all pages at one
// (`infra/edge_functions/pages.js`), and says in a header of its own who asks.

import { handler as render } from "./index.mjs";

export async function handler(event) {
  const { "x-page-path": page, "x-page-host": host, "cloudfront-viewer-address": viewer, ...headers } = event.headers;
  process.env.SITE_ORIGIN ||= `https://${host}`;
  const path = page ?? event.rawPath;
  const http = { ...event.requestContext.http, path };
  if (viewer) {
    http.sourceIp = addressOf(viewer);
    // Whoever asks may have written one, too; the API counts by the last.
    headers["x-forwarded-for"] = http.sourceIp;
  }
  return render({ ...event, rawPath: path, headers, requestContext: { ...event.requestContext, http } });
}

/** `203.0.113.7:50310` and `2001:db8::7:50310` without the port. */
function addressOf(viewer) {
  return viewer.slice(0, viewer.lastIndexOf(":")).replace(/^\[|\]$/g, "");
}
