// Shows buttons marked data-print, which only work with a script, and prints the page when one is pressed.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
