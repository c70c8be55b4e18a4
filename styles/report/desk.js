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

// The page goes along with the lines that are read, and the next preview is made around them.
const page = document.getElementById("page");
const shown = document.getElementById("line-shown");
const place = (row) => row.getBoundingClientRect().bottom > innerHeight / 4;
const follow = () => {
  const line = [...document.querySelectorAll("table.reading .row")].find(place);
  if (line && shown) shown.value = line.id.slice(1);
  const row = page && [...document.querySelectorAll("tr[data-page]")].find(place);
  const address = row && `${page.dataset.base}${row.dataset.page}.png`;
  if (!address || page.getAttribute("src") === address) return;
  const name = row.dataset.name;
  page.src = address;
  page.alt = name.charAt(0).toUpperCase() + name.slice(1);
  document.getElementById("page-name").textContent = page.alt;
  document.getElementById("previewed").hidden = !row.dataset.page.startsWith("preview");
};
if (page || shown) {
  let waiting = 0;
  addEventListener("scroll", () => { clearTimeout(waiting); waiting = setTimeout(follow, 150); }, { passive: true });
}

// While the pages are being made, or the text is read again, ask now and then; nothing is taken from under a hand.
const wait = document.querySelector("[data-wait]");
if (wait) {
  const ask = setInterval(async () => {
    const answer = await fetch(wait.dataset.wait);
    if (["printing", "reading"].includes(await answer.text())) return;
    clearInterval(ask);
    const again = wait.querySelector("a[hidden]");
    if (again && document.querySelector("main details[open]")) again.hidden = false;
    else location.reload();
  }, 1500);
}
