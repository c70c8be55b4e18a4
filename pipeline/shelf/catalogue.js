// Search in the catalogue: a book is shown when each word stands in its title, authors, subjects or language.
"use strict";
const form = document.querySelector("form");
const books = [...document.querySelectorAll(".books li")];
const found = document.getElementById("found");
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

function search() {
  const words = plain(form.q.value).split(/\s+/).filter(Boolean);
  const lang = form.lang.value;
  let shown = 0;
  for (const book of books) {
    const fits = (!lang || book.dataset.lang === lang) && words.every((word) => book.dataset.find.includes(word));
    book.hidden = !fits;
    shown += fits;
  }
  for (const letter of document.querySelectorAll(".letter")) {
    letter.hidden = !letter.querySelector("li:not([hidden])");
  }
  found.textContent = words.length || lang ? `${shown} of ${books.length} books` : "";
}

form.hidden = false;
form.addEventListener("input", search);
form.addEventListener("submit", (event) => event.preventDefault());
search();
