/* When a form comes back with something to put right, take the reader to it.
   Without this file the summary still stands first on the page. */
(function () {
  "use strict";
  var summary = document.querySelector("[data-focus]");
  if (summary) summary.focus();
})();
