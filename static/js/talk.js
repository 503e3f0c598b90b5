/* Makes a conversation live; without this file it is an ordinary form. The socket only says which message is the last.
   Words go over HTTP, stay in the field until the server has them, and carry one id until then,
   so that sending them again is harmless. */
(() => {
  "use strict";
  const form = document.querySelector("[data-talk]");
  if (!form) return;
  const PATIENCE = 10000, POLL = 4000, POLL_HIDDEN = 30000, SILENCE = 30000;
  const list = document.getElementById("talk"), news = document.getElementById("talk-news"), state = form.querySelector("[data-state]");
  const [stateWords, tryAgain] = state.children;
  const field = form.elements.words, id = form.elements.client_id, says = form.dataset;
  let last = +says.last, socket, heard = 0, knocks = 0, tries = 0, retry;
  let asking = false, askAgain = false, sending = false, over = false;

  const say = (words, unsent) => {
    stateWords.textContent = words;
    state.hidden = !words;
    tryAgain.hidden = !unsent;
  };

  // Not crypto.randomUUID, which is missing on plain http.
  const newId = () =>
    [...crypto.getRandomValues(new Uint8Array(16))].map((n) => n.toString(16).padStart(2, "0")).join("");

  const grow = () => {
    field.style.height = "auto";
    field.style.height = Math.min(field.scrollHeight + 4, innerHeight / 3) + "px";
  };

  // The form sticks to the window, so it is always in view; what follows it is not.
  const toEnd = () => news.scrollIntoView({ block: "end" });

  // Signed out, removed or ended: stop, and leave the words.
  const end = () => {
    over = true;
    if (socket) socket.close();
    say(says.over);
  };

  // Gives the answer, or nothing when it is over; throws when there is no answer.
  const ask = async (address, body) => {
    const stop = new AbortController(), timer = setTimeout(() => stop.abort(), PATIENCE);
    try {
      const answer = await fetch(address + "?after=" + last + (document.hidden ? "" : "&seen=1"), {
        method: body ? "POST" : "GET",
        body,
        headers: { Accept: "application/json" },
        redirect: "manual",
        signal: stop.signal,
      });
      if (answer.type === "opaqueredirect" || [403, 404].includes(answer.status)) return end();
      if (!answer.ok && answer.status !== 400) throw answer.status;
      return await answer.json();
    } finally {
      clearTimeout(timer);
    }
  };

  const show = (page) => {
    const box = document.createElement("template"), told = [];
    const follow = news.getBoundingClientRect().top < innerHeight + 80;
    box.innerHTML = page.html;
    for (const line of [...box.content.children]) {
      const day = line.dataset.day, days = list.querySelectorAll(".day");
      if (day ? days.length && days[days.length - 1].dataset.day === day : document.getElementById(line.id)) continue;
      list.append(line);
      const author = line.querySelector("b");
      if (author) told.push(author.textContent + ": " + line.querySelector("p").textContent);
    }
    last = Math.max(last, page.last);
    for (const mark of list.querySelectorAll(".read")) {
      mark.hidden = +mark.closest("li").dataset.message > page.read;
    }
    const nothing = document.getElementById("nothing-yet");
    if (nothing && page.html.trim()) nothing.remove();
    if (told.length) news.textContent = told.join("\n");
    if (follow) toEnd();
    else if (told.length && state.hidden) say(says.below);
    if (page.closed) end();
  };

  const catchUp = async () => {
    askAgain = asking;
    if (over || asking) return;
    asking = true;
    try {
      let page;
      do {
        askAgain = false;
        page = await ask(says.since);
        if (page) show(page);
      } while (page && (page.more || askAgain));
    } catch {
      // The next tick asks again.
    }
    asking = false;
  };

  const send = async () => {
    clearTimeout(retry);
    if (sending || over) return;
    if (!field.value.trim()) return say(says.nothing);
    sending = field.readOnly = true;
    const slow = setTimeout(say, 400, says.sending);
    try {
      const answer = await ask(form.action, new URLSearchParams(new FormData(form)));
      clearTimeout(slow);
      if (answer) {
        tries = 0;
        say(answer.problem || "");
        id.value = answer.client_id || newId();
        if (!answer.problem) {
          field.value = "";
          grow();
          show(answer);
          toEnd();
        }
        catchUp();
      }
    } catch {
      clearTimeout(slow);
      say(says.unsent, true);
      retry = setTimeout(send, Math.min(60000, POLL * 2 ** tries++));
    }
    sending = field.readOnly = false;
  };

  const listen = () => {
    if (over || socket) return;
    const mine = (socket = new WebSocket(location.origin.replace("http", "ws") + says.socket));
    heard = Date.now();
    mine.onmessage = (event) => {
      heard = Date.now();
      knocks = 0;
      if (JSON.parse(event.data).last > last) catchUp();
    };
    mine.onclose = () => {
      if (socket !== mine) return;
      socket = null;
      setTimeout(listen, Math.min(30000, 1000 * 2 ** knocks++) * (0.5 + Math.random() / 2));
    };
  };

  const tick = () => {
    if (socket && Date.now() - heard > SILENCE) {
      socket.close();
      socket = null;
      listen();
    }
    if (!socket || socket.readyState !== 1) catchUp();
    if (!over) setTimeout(tick, document.hidden ? POLL_HIDDEN : POLL);
  };

  const back = () => {
    if (document.hidden) return;
    listen();
    catchUp();
    if (!tryAgain.hidden) send();
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    field.focus();
    send();
  });
  field.addEventListener("input", () => {
    clearTimeout(retry); // never send half-written words
    if (!over) say("");
    grow();
  });
  addEventListener("online", back);
  document.addEventListener("visibilitychange", back);
  grow();
  if (!location.hash || location.hash === "#newest") toEnd();
  listen();
  setTimeout(tick, POLL);
})();
