/* Keeps what couldn't be sent for want of a signal, on this phone and for one person, and sends it when there is one.
   Each thing carries the id that it was written with, so the server counts it once however often it arrives.
   It is thrown away at sign-out, when somebody else signs in here, and after two weeks. Without this file nothing is kept. */
(() => {
  "use strict";
  const { who, token, lose } = document.currentScript.dataset;
  const STORE = "kith.kept", SHELL = "kith-without-signal", GONE = "gone", PATIENCE = 15000, LONGEST = 14 * 24 * 3600 * 1000;
  const box = document.querySelector("[data-kept]");
  const state = box && box.querySelector("[data-state]"), waits = box && state.textContent;
  let isOut = false, isSent = false, line = Promise.resolve();

  const read = () => {
    try {
      const found = JSON.parse(localStorage.getItem(STORE)) || {};
      if (found.who === who) return found.items.filter((item) => Date.now() - item.at < LONGEST);
      forget(); // somebody else's
    } catch { /* nothing is kept here */ }
    return [];
  };

  // Says whether it could be kept: some browsers keep nothing in a private window.
  const write = (items) => {
    try {
      localStorage.setItem(STORE, JSON.stringify({ who, items }));
    } catch {
      return false;
    }
    return true;
  };

  const find = (id) => read().find((item) => item.id === id);
  const drop = (id) => write(read().filter((item) => item.id !== id));
  const keep = (item) => write([...read().filter((other) => other.id !== item.id), item]);

  const forget = () => {
    try {
      localStorage.removeItem(STORE);
    } catch { /* nothing was kept */ }
    if (window.caches) caches.delete(SHELL);
    if (navigator.serviceWorker) {
      navigator.serviceWorker.getRegistrations().then((all) => all.forEach((one) => one.unregister()));
    }
  };

  const ask = async (address, body) => {
    const stop = new AbortController(), timer = setTimeout(() => stop.abort(), PATIENCE);
    try {
      return await fetch(address, {
        method: body ? "POST" : "GET",
        body,
        headers: { Accept: "application/json" },
        redirect: "manual",
        signal: stop.signal,
      });
    } finally {
      clearTimeout(timer);
    }
  };

  const sendOne = async (item, csrf) => {
    const answer = await ask(item.to, new URLSearchParams({ ...item.told, csrfmiddlewaretoken: csrf }));
    if (!find(item.id)) return; // thrown away meanwhile
    if (answer.ok) return (isSent = drop(item.id));
    if (answer.status === 404) return keep({ ...item, problem: GONE });
    if (answer.status !== 400) return; // asked again later
    const said = await answer.json();
    const told = { ...item.told, client_id: said.client_id };
    keep({ ...item, told, problem: said.problem, askAnother: said.ask_another });
  };

  const sendAll = async () => {
    const waiting = read().filter((item) => !item.problem);
    if (!waiting.length) return;
    const answer = await ask(token);
    isOut = answer.type === "opaqueredirect" || answer.status === 403;
    if (!answer.ok) return;
    const told = await answer.json();
    if (told.who !== who) return forget();
    for (const item of waiting) await sendOne(item, told.token);
  };

  // One after the other; a failure is a later try.
  const send = () => (line = line.then(sendAll).catch(() => {}).then(show));

  const facts = ({ told }) => {
    const [year, month, day] = told.happened_on.split("-").map(Number);
    const on = new Intl.DateTimeFormat(document.documentElement.lang, { weekday: "long", day: "numeric", month: "long" });
    const long = told.minutes || told.length + " " + box.dataset.minutes;
    return (day ? on.format(new Date(year, month - 1, day)) : told.happened_on) + ", " + long;
  };

  const row = (item) => {
    const made = box.querySelector("template").content.cloneNode(true);
    const part = (name) => made.querySelector("[data-" + name + "]");
    part("words").textContent = item.told.words;
    part("facts").textContent = facts(item);
    if (item.problem) {
      part("problem").textContent = item.problem === GONE ? box.dataset.gone : item.problem;
      part("problem").hidden = part("deeds").hidden = false;
      part("another").hidden = !item.askAnother;
      part("mend").href = item.to + "#" + item.id;
      part("another").onclick = () => {
        keep({ ...item, problem: "", told: { ...item.told, is_another: "on" } });
        send();
      };
      part("drop").onclick = () => {
        drop(item.id);
        show();
      };
    }
    return made;
  };

  const show = () => {
    if (!box) return;
    const items = read(), isWaiting = items.some((item) => !item.problem);
    box.hidden = !items.length && !isSent;
    box.querySelector("h2").hidden = !items.length;
    box.querySelector("ul").replaceChildren(...items.map(row));
    state.textContent = !isWaiting && isSent ? box.dataset.sent : isOut ? box.dataset.signedOut : waits;
    state.hidden = !isWaiting && !isSent;
  };

  // What waits is lost at sign-out, so that nobody reads it here afterwards. That is asked about once.
  document.addEventListener("submit", (event) => {
    if (!event.target.action.endsWith("/accounts/logout/")) return;
    if (read().length && !confirm(lose)) return event.preventDefault();
    forget();
  });
  addEventListener("online", send);
  addEventListener("pageshow", send);
  addEventListener("storage", show); // another tab

  window.kept = {
    keep,
    drop,
    find,
    send,
    SHELL,
    mine: () => write(read()), // this phone keeps something of this person from now on
    reaches: () => ask(token).then((answer) => answer.ok, () => false),
  };
  show();
})();
