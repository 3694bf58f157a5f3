// Before pages that are made in the browser (CloudFront Functions, runtime 2.0): every address of an application is
// answered with its one document. Files keep their addresses.

const APPLICATIONS = ["/admin", "/studio"];
const FILE = /\.(css|ico|js|json|map|png|svg|txt|webmanifest|webp)$/;

function handler(event) {
  const request = event.request;
  if (FILE.test(request.uri)) {
    return request;
  }
  const application = APPLICATIONS.find((name) => request.uri === name || request.uri.startsWith(`${name}/`));
  request.uri = `${application || ""}/index.html`;
  return request;
}
