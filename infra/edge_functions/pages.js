// Before the cache of rendered pages (CloudFront Functions, runtime 2.0). The page's path travels in a header, and every
// request is for one address per language: when the render function fails, CloudFront sends the same request to the
// bucket, which has the language's shell there, and nothing at a page's own address. The header is part of the cache's
// key. The host is for environments that have no domain, whose pages know it from here only.

// What advertisers add to addresses tells them where somebody came from, and pages nothing.
const TRACKING = /^(utm_[a-z_]+|fbclid|gclid|gbraid|wbraid|msclkid|ttclid|igshid|mc_[ce]id)$/;

const ENGLISH = /^\/en(\/|$)/;

function handler(event) {
  const request = event.request;
  request.headers["x-page-path"] = { value: request.uri.replace(/[^\x21-\x7e]/g, encodeURIComponent) };
  request.headers["x-page-host"] = { value: request.headers.host.value };
  request.uri = ENGLISH.test(request.uri) ? "/en/fallback.html" : "/fallback.html";
  for (const name of Object.keys(request.querystring)) {
    if (TRACKING.test(name)) {
      delete request.querystring[name];
    }
  }
  return request;
}
