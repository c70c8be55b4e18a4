// foliate-js (the engine of Foliate and Readest; reads EPUB and AZW3): turns every page, follows the contents, opens every note.
// node foliate.mjs BOOK SIZE FOLDER  → JSON: pages, letters, notes, contents, faults; pictures of the first pages in FOLDER
import path from 'node:path'
import { comes, look, modules, serve } from './browser.mjs'

const [book, size, pictures] = process.argv.slice(2)
const reader = `<!doctype html><meta charset="utf-8">
<style>body{margin:0}foliate-view{display:block;height:100vh}#note{position:fixed;inset:60% 0 0;background:#fff}#note foliate-view{height:100%}</style>
<div id="note"></div>
<script type="module">
import './foliate/view.js'
import { FootnoteHandler } from './foliate/footnotes.js'
const view = (window.view = document.createElement('foliate-view'))
document.body.append(view)
view.addEventListener('load', e => { window.doc = e.detail.doc; window.section = e.detail.index })
view.addEventListener('relocate', e => { window.text = e.detail.range?.toString() ?? ''; window.cfi = e.detail.cfi })
const notes = new FootnoteHandler()
notes.addEventListener('before-render', e => document.getElementById('note').replaceChildren(e.detail.view))
notes.addEventListener('render', e => { window.note = e.detail.view.renderer.getContents()[0]?.doc.body.textContent.trim() ?? '' })
view.addEventListener('link', e => notes.handle(view.book, e)?.catch(error => { window.note = '' }))
const file = await (await fetch('/book.epub')).blob()
await view.open(new File([file], 'book.epub'))
view.renderer.setAttribute('max-column-count', '1')
await view.init({ lastLocation: null })
window.ready = true
</script>`
const server = await serve({ '/index.html': reader, '/book.epub': book, '/foliate/': path.join(modules, 'foliate-js') })
const { browser, page, faults } = await look(size)
await page.goto(`${server.address}/index.html`)
await comes(page, 'window.ready')

const bare = text => text.replace(/\s+/g, '')
const seen = []
for (let at; ;) {
  const now = await page.evaluate(() => ({ cfi: window.cfi, text: window.text, section: window.section }))
  if (now.cfi === at) break
  at = now.cfi
  seen.push(now)
  if (seen.at(-2)?.section !== now.section) {  // what can be scrolled is never broken: below the foot nobody sees it
    const high = await page.evaluate(() => [...window.doc.body.querySelectorAll('*')]
      .filter(one => /auto|scroll|hidden/.test(getComputedStyle(one).overflow) && one.offsetHeight > window.innerHeight)
      .map(one => one.textContent.trim().slice(0, 40)))
    faults.push(...high.map(one => `higher than a page, and never broken: ${one}`))
  }
  if (pictures && seen.length <= 8) await page.screenshot({ path: path.join(pictures, `page-${seen.length}.png`) })
  await page.evaluate('view.next()')  // it has told where it stands when it is done
}

let letters = 0
const sections = await page.evaluate(() => Promise.all(view.book.sections.map(async one => {
  const body = (await one.createDocument()).body
  const hidden = [...body.querySelectorAll(':scope > [hidden]')].map(one => one.textContent).join('')  // at the end
  return [body.textContent, hidden]
})))
for (const [index, [text, hidden]] of sections.entries()) {
  const whole = bare(text)
  const visible = whole.length - bare(hidden).length
  let reached = 0
  for (const { text: shown } of seen.filter(one => one.section === index)) {
    const at = whole.lastIndexOf(bare(shown), reached)
    if (at < 0) faults.push(`section ${index}: a gap after letter ${reached}`)
    reached = Math.max(reached, at + bare(shown).length)
  }
  letters += Math.min(reached, visible)
  if (reached < visible) faults.push(`section ${index}: ${visible - reached} letters are on no page`)
}

const flat = entries => (entries ?? []).flatMap(one => [one, ...flat(one.subitems)])
const contents = flat(await page.evaluate(() => JSON.parse(JSON.stringify(view.book.toc))))
for (const { label, href } of contents) {
  await page.evaluate(where => view.goTo(where), href)
  const lands = await comes(page, label => window.text.replace(/\s+/g, '').includes(label.replace(/\s+/g, '').slice(0, 20)), label)
  if (!lands) faults.push(`contents: “${label}” does not open on its heading`)
}

let notes = 0
for (const index of sections.keys()) {
  await page.evaluate(index => view.goTo(index), index)
  await comes(page, index => window.section === index, index)
  const calls = await page.evaluate(() => [...window.doc.querySelectorAll('a[role=doc-noteref]')].map(one => [one.getAttribute('href'), one.textContent]))
  for (const [href, number] of calls) {
    await page.evaluate(href => { window.note = undefined; window.doc.querySelector(`a[href="${href}"]`).click() }, href)
    await comes(page, 'window.note !== undefined')
    const wanted = await page.evaluate(href => href.startsWith('#') ? window.doc.querySelector(href).textContent : '', href)
    const shown = await page.evaluate('window.note')
    if (!shown?.startsWith(number) || (wanted && bare(shown) !== bare(wanted))) faults.push(`note ${href} does not open with its text`)
    if (pictures && notes === 0) await page.screenshot({ path: path.join(pictures, 'note.png') })
    notes++
  }
}
console.log(JSON.stringify({ pages: seen.length, letters, notes, contents: contents.length, faults }))
await browser.close()
server.close()
