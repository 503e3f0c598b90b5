/* Wagtail keeps a draft half a second after the last key, in a request of its own. If somebody presses Publish while
   that request is on its way, both make the same page, and the second is told that its address is taken.
   So a button pressed meanwhile waits until the draft is kept. Without this file the editor works as Wagtail's does. */
(function () {
  "use strict";

  var keeping = false;
  var waiting = null; // the form to send once the draft is kept

  function kept() {
    keeping = false;
    var form = waiting;
    waiting = null;
    if (form) form.requestSubmit();
  }

  document.addEventListener("w-autosave:save", function () { keeping = true; });
  document.addEventListener("w-autosave:success", kept);
  document.addEventListener("w-autosave:error", kept);

  // Before Wagtail's own listeners, which would take the form for sent.
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (!form.matches("[data-edit-form]")) return;
    form.setAttribute("data-w-autosave-active-value", "false"); // no further draft behind this one
    if (!keeping) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (waiting) return;
    waiting = form;
    if (event.submitter && event.submitter.name) {
      // Wagtail disables the button that was pressed, and a disabled button says nothing of itself.
      var pressed = document.createElement("input");
      pressed.type = "hidden";
      pressed.name = event.submitter.name;
      pressed.value = event.submitter.value;
      form.append(pressed);
    }
  }, true);
})();
