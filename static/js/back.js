/* On a page that answers a form: Back and reload ask for the page anew instead of sending the form again. Nothing of a
   person stays in a cache, so without this a browser shows an error of its own there. */
history.replaceState(null, "", location.href);
