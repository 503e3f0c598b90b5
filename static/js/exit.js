/* Leave at once. The screen is cleared first, because the next page may be slow to come; then this page is replaced,
   so that Back doesn't return to it. Pressing Shift three times within five seconds does the same.
   The browser's history still holds the pages before this one: the help page says so. */
(function () {
  "use strict";

  var WAYS_OUT = "a[data-exit]";
  var WITHIN_MS = 5000;
  var presses = [];

  function leave(event) {
    var way = document.querySelector(WAYS_OUT);
    if (!way) return;
    if (event) event.preventDefault();
    document.title = "\u00a0";
    document.body.hidden = true;
    window.location.replace(way.href);
  }

  document.addEventListener("click", function (event) {
    if (event.target.closest && event.target.closest(WAYS_OUT)) leave(event);
  });

  document.addEventListener("keydown", function (event) {
    // Shift held for a capital letter is followed by that letter, and doesn't count.
    if (event.key !== "Shift") { presses = []; return; }
    if (event.repeat) return;
    var now = Date.now();
    presses = presses.filter(function (at) { return now - at < WITHIN_MS; });
    presses.push(now);
    if (presses.length === 3) leave();
  });

  // A page kept for Back would come up with everything on it: show it only if nobody left through the door.
  window.addEventListener("pageshow", function (event) {
    if (event.persisted && document.body.hidden) leave();
  });
})();
