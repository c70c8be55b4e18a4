// epub.js (another engine, that of many web readers): shows every file, follows the contents, jumps to every note and back.
// node epubjs.mjs BOOK SIZE  → JSON: files, letters, notes, contents, faults
import path from 'node:path'
import { comes, look, modules, serve } from './browser.mjs'

const [book, size] = process.argv.slice(2)
const reader = `<!doctype html><meta charset="utf-8"><style>body{margin:0}#view{height:100vh}</style><div id="view"></div>
<script src="/jszip/jszip.min.js"></script><script src="/epubjs/epub.js"></script>
<script>
window.start = async () => {
  const book = (window.book = ePub('/book.epub'))
  const view = (window.view = book.renderTo('view', { width: '100%', height: '100%', flow: 'scrolled-doc' }))
  await book.ready
  view.display()
}
window.top_of = id => {
  const contents = view.getContents()[0]
  const found = contents.document.getElementById(id)
  if (!found) return null
  const frame = contents.window.frameElement.getBoundingClientRect()
  return frame.top + found.getBoundingClientRect().top
}
</script>`
const server = await serve({
  '/index.html': reader,
  '/book.epub': book,
  '/epubjs/': path.join(modules, 'epubjs', 'dist'),
  '/jszip/': path.join(modules, 'jszip', 'dist'),
})
const { browser, page, faults } = await look(size)
await page.goto(`${server.address}/index.html`)
await page.evaluate(() => window.start())

const height = Number(size.split('x')[1])
const inView = id => comes(page, ([id, height]) => {
  const top = window.top_of(id)
  return top !== null && top > -20 && top < height
}, [id, height])
let letters = 0
let notes = 0
const files = await page.evaluate(() => book.spine.spineItems.map(one => one.href))
for (const href of files) {
  await page.evaluate(href => view.display(href), href)
  letters += await page.evaluate(() => view.getContents()[0].document.body.innerText.replace(/\s+/g, '').length)
  const calls = await page.evaluate(() => [...view.getContents()[0].document.querySelectorAll('a[role=doc-noteref]')].map(one => [one.id, one.getAttribute('href').slice(1)]))
  for (const [call, note] of calls) {
    await page.evaluate(where => view.display(where), `${href}#${note}`)
    if (!(await inView(note))) faults.push(`note ${note} is not shown`)
    await page.evaluate(where => view.display(where), `${href}#${call}`)
    if (!(await inView(call))) faults.push(`the way back from ${note} does not lead to its call`)
    notes++
  }
}
const flat = entries => entries.flatMap(one => [one, ...flat(one.subitems)])
const contents = flat(await page.evaluate(() => JSON.parse(JSON.stringify(book.navigation.toc))))
for (const { label, href } of contents) {
  await page.evaluate(where => view.display(where), href)
  if (!(await inView(href.split('#')[1]))) faults.push(`contents: “${label.trim()}” does not open on its heading`)
}
console.log(JSON.stringify({ files: files.length, letters, notes, contents: contents.length, faults }))
await browser.close()
server.close()
