/* Lets time together be written down without a signal; without this file it is an ordinary form.
   What is written is kept first (kept.js) and then sent. What the server refuses goes to it once more as an ordinary
   form, so that its page says why. The page itself is kept for the next time by a small service worker. */
(() => {
  "use strict";
  const form = document.querySelector("[data-together]"), kept = window.kept;
  if (!form || !kept) return;
  const fields = form.elements, says = form.querySelector("[data-says]");
  const HERE = /^\/together\/\d+\/time\/$/.test(location.pathname);
  const isShell = form.hidden;
  let sending = false, mending = "";

  // Not crypto.randomUUID, which is missing on plain http.
  const newId = () =>
    [...crypto.getRandomValues(new Uint8Array(16))].map((n) => n.toString(16).padStart(2, "0")).join("");

  // A page that stayed open overnight, or that the phone kept: "Today" is today.
  const days = () => {
    for (const tile of form.querySelectorAll("[data-ago]")) {
      const day = new Date();
      day.setDate(day.getDate() - tile.dataset.ago);
      tile.value = [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((n) => String(n).padStart(2, "0")).join("-");
    }
  };

  // As the server makes one day and one length of what was tapped and written.
  const told = () => {
    const all = Object.fromEntries(new FormData(form));
    return {
      happened_on: all.happened_on || all.near_day || "",
      minutes: all.minutes.trim(),
      length: all.length || "",
      words: all.words.trim(),
      client_id: all.client_id,
      ...(all.plan && { plan: all.plan }),
      ...(all.is_another && { is_another: "on" }),
    };
  };

  const say = (words) => {
    says.textContent = words;
    says.hidden = !words;
  };

  const tap = (name, value) => {
    for (const tile of form.querySelectorAll(`input[type=radio][name=${name}]`)) tile.checked = tile.value === value;
  };

  // "Put it right": the answers come back into the form, under the id they had.
  const mend = () => {
    const item = kept.find(location.hash.slice(1));
    if (!item) return;
    mending = item.id;
    fields.client_id.value = item.told.client_id;
    fields.words.value = item.told.words;
    fields.minutes.value = item.told.minutes;
    fields.happened_on.value = item.told.happened_on;
    for (const name of ["happened_on", "minutes"]) {
      const fold = fields[name].closest("details");
      if (fold) fold.open = !!fields[name].value;
    }
    tap("near_day", "");
    tap("length", item.told.length);
    fields.words.focus();
  };

  const again = () => {
    form.reset();
    mending = "";
    fields.client_id.value = newId();
    days();
    history.replaceState(null, "", location.pathname);
  };

  const send = async () => {
    const what = told(), id = what.client_id;
    if (!what.happened_on || !(what.minutes || what.length) || !what.words) {
      // The server's page says what is missing, where it can be asked.
      return !isShell && (await kept.reaches()) ? form.submit() : say(form.dataset.asks);
    }
    if (!kept.keep({ id, to: location.pathname, told: what, at: Date.now() })) return form.submit();
    if (mending && mending !== id) kept.drop(mending);
    const slow = setTimeout(say, 400, form.dataset.sending);
    await kept.send();
    clearTimeout(slow);
    say("");
    const left = kept.find(id);
    if (!left) return location.assign(location.pathname.replace(/time\/$/, ""));
    if (left.problem && !isShell) {
      kept.drop(id);
      return form.submit();
    }
    again();
    document.querySelector("[data-kept]").scrollIntoView({ block: "nearest" });
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (sending) return;
    sending = true;
    await send();
    sending = false;
  });

  // What was written into the box for the day or the length is meant, not the tile.
  fields.happened_on.addEventListener("input", () => tap("near_day", ""));
  fields.minutes.addEventListener("input", () => tap("length", ""));
  form.addEventListener("change", ({ target }) => {
    if (target.name === "near_day") fields.happened_on.value = "";
    if (target.name === "length") fields.minutes.value = "";
  });
  addEventListener("hashchange", mend);
  addEventListener("pageshow", days);
  document.addEventListener("visibilitychange", days);
  days();
  if (isShell) {
    form.hidden = !HERE;
    fields.client_id.value = newId();
  } else if (navigator.serviceWorker && window.caches) {
    // The page without a name, and what it is drawn with.
    const drawn = [...document.querySelectorAll("link[rel=stylesheet], script[src]")].map((it) => it.href || it.src);
    kept.mine();
    navigator.serviceWorker.register(form.dataset.worker).then(() => caches.open(kept.SHELL))
      .then((cache) => cache.addAll([form.dataset.shell, ...drawn])).catch(() => {});
  }
  mend();
})();
