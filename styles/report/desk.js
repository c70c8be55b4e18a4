// The desk's keys and its page; what they do can be done without them.
addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.target.matches("input:not([type=checkbox]), select, textarea")) return;
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

// One stroke, one verdict: a second press waits for the first.
addEventListener("submit", (event) => {
  if (document.body.getAttribute("aria-busy") === "true") event.preventDefault();
  else if (event.target.method === "post") document.body.setAttribute("aria-busy", "true");
});
addEventListener("pageshow", () => document.body.removeAttribute("aria-busy"));

// The page of the PDF goes along with the lines that are read.
const page = document.getElementById("page");
if (page) {
  const rows = [...document.querySelectorAll("tr[data-page]")];
  const follow = () => {
    const row = rows.find((one) => one.getBoundingClientRect().bottom > innerHeight / 4);
    const address = row && `${page.dataset.base}${row.dataset.page}.png`;
    if (!address || page.getAttribute("src") === address) return;
    page.src = address;
    page.alt = `Page ${row.dataset.page} of the PDF`;
  };
  let waiting = 0;
  addEventListener("scroll", () => { clearTimeout(waiting); waiting = setTimeout(follow, 150); }, { passive: true });
}

// While the pages are being made, ask now and then.
const wait = document.querySelector("[data-wait]");
if (wait) {
  const ask = setInterval(async () => {
    const answer = await fetch(wait.dataset.wait);
    if ((await answer.text()) === "printing") return;
    clearInterval(ask);
    location.reload();
  }, 1500);
}
