// A web server for one book and one reading system, and a headless Chromium to look at them.
// MODULES: the folder whose node_modules holds what package.json names; CHROMIUM: the browser.
import fs from 'node:fs'
import http from 'node:http'
import path from 'node:path'
import { createRequire } from 'node:module'

export const modules = path.resolve(process.env.MODULES ?? process.cwd(), 'node_modules')
const { chromium } = createRequire(path.join(modules, 'x.js'))('playwright-core')
const types = { '.html': 'text/html', '.js': 'text/javascript', '.epub': 'application/epub+zip' }

// `places`: each path, or folder ending in a slash, with the text or the file or folder that it stands for.
export async function serve(places) {
  const server = http.createServer((request, response) => {
    const url = decodeURIComponent(new URL(request.url, 'http://x').pathname)
    const folder = Object.keys(places).find(key => key.endsWith('/') && url.startsWith(key))
    const place = places[url] ?? (folder && path.join(places[folder], url.slice(folder.length)))
    if (place === undefined) return response.writeHead(404).end()
    response.writeHead(200, { 'content-type': types[path.extname(url)] ?? 'application/octet-stream' })
    response.end(fs.existsSync(place) ? fs.readFileSync(place) : place)
  })
  await new Promise(done => server.listen(0, '127.0.0.1', done))
  return { address: `http://127.0.0.1:${server.address().port}`, close: () => server.close() }
}

// How long anything may take: only a fault takes so long, however busy the machine is.
export const patience = 60000

// Whether something comes true in a page, which is looked at again and again until it does.
export const comes = (page, what, given) =>
  page.waitForFunction(what, given, { polling: 20, timeout: patience }).then(() => true, () => false)

// Errors of the page, and attempts to reach anything outside the book, are faults.
export async function look(size) {
  const [width, height] = size.split('x').map(Number)
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--no-sandbox', '--disable-gpu'], timeout: patience })
  const page = await (await browser.newContext({ viewport: { width, height } })).newPage()
  page.setDefaultTimeout(patience)
  const faults = []
  page.on('pageerror', error => faults.push(`error: ${error.message}`))
  await page.route('**/*', route => {
    const url = route.request().url()
    if (/^(http:\/\/127\.0\.0\.1|blob:|data:)/.test(url)) return route.continue()
    faults.push(`asks for something outside the book: ${url}`)
    return route.abort()
  })
  return { browser, page, faults }
}
