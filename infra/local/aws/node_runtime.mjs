// Lambda's runtime for functions in JavaScript, as far as ours need it: asks the Runtime API for an event, hands it to
// the function, tells the answer, and begins again. `node node_runtime.mjs entry.handler`, in the function's folder.
// https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html

import http from "node:http";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(":");
const agent = new http.Agent({ keepAlive: true });

function ask(method, address, body) {
  return new Promise((resolve, reject) => {
    const options = { host, port, agent, method, path: `/2018-06-01/runtime/${address}` };
    const request = http.request(options, async (response) => {
      const parts = [];
      for await (const part of response) {
        parts.push(part);
      }
      resolve({ status: response.statusCode, headers: response.headers, text: Buffer.concat(parts).toString() });
    });
    request.on("error", reject);
    request.end(body);
  });
}

function described(error) {
  return JSON.stringify({
    errorMessage: String(error?.message ?? error),
    errorType: error?.name ?? "Error",
    stackTrace: String(error?.stack ?? "").split("\n"),
  });
}

async function load(name) {
  const [file, exported] = name.split(".");
  const module = await import(pathToFileURL(path.resolve(`${file}.mjs`)));
  return module[exported];
}

let handler;
try {
  handler = await load(process.argv[2]);
} catch (error) {
  console.error(error);
  await ask("POST", "init/error", described(error));
  process.exit(1);
}

for (;;) {
  const { status, headers, text } = await ask("GET", "invocation/next");
  if (status !== 200) {
    break;
  }
  const invocation = `invocation/${headers["lambda-runtime-aws-request-id"]}`;
  try {
    const answer = await handler(JSON.parse(text), { awsRequestId: headers["lambda-runtime-aws-request-id"] });
    await ask("POST", `${invocation}/response`, JSON.stringify(answer ?? null));
  } catch (error) {
    console.error(error);
    await ask("POST", `${invocation}/error`, described(error));
  }
}
