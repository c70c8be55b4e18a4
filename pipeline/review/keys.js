// One key, one button or link: what the keys do can be done without them.
addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.target.matches("input, select, textarea")) return;
  if (event.key === "?") {
    const help = document.getElementById("help");
    help.open = !help.open;
    help.querySelector("summary").focus();
    return;
  }
  const found = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!found) return;
  const alike = document.getElementById("alike");
  if (event.shiftKey) {
    if (!alike || found.name !== "role") return;
    alike.checked = true;
  }
  event.preventDefault();
  found.click();
});
