// Before pages that are made in the browser (CloudFront Functions, runtime 2.0): every address of an application is
// answered with its one document; the shop has one per language. Files keep their addresses.

const DOCUMENTS = ["/admin", "/studio", "/en"];
const FILE = /\.(css|ico|js|json|map|png|svg|txt|webmanifest|webp)$/;

function handler(event) {
  const request = event.request;
  if (FILE.test(request.uri)) {
    return request;
  }
  const folder = DOCUMENTS.find((name) => request.uri === name || request.uri.startsWith(`${name}/`));
  request.uri = `${folder || ""}/index.html`;
  return request;
}
