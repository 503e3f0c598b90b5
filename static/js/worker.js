/* Opens one page without a signal: the form for time together, without anybody's name. It answers for nothing else, keeps
   nothing itself (together.js does, kept.js throws it away), and asks the network first, always. */
const SHELL = "kith-without-signal", PATIENCE = 8000;
const RECORDING = /^\/together\/\d+\/time\/$/;

const kept = (what) => caches.open(SHELL).then((cache) => cache.match(what, { ignoreVary: true }));

const page = async (request) => {
  const shell = await kept("/together/without-signal/");
  if (!shell) return fetch(request);
  const late = new Promise((give) => setTimeout(give, PATIENCE, shell));
  return Promise.race([fetch(request).catch(() => shell), late]);
};

const part = async (request) => {
  try {
    return await fetch(request);
  } catch (problem) {
    const found = await kept(request);
    if (found) return found;
    throw problem;
  }
};

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { request } = event, { pathname } = new URL(request.url);
  if (request.method !== "GET") return;
  if (request.mode === "navigate" && RECORDING.test(pathname)) event.respondWith(page(request));
  else if (["style", "script"].includes(request.destination)) event.respondWith(part(request));
});
