// The pages as a reader sees them who changes everything: a small telephone, letters three times as large, no style sheet.
// node widths.mjs FOLDER FILE…  → JSON: the files that are wider than the screen, and the letters that cannot be seen
import { look } from './browser.mjs'

const [folder, ...files] = process.argv.slice(2)
const faults = []
for (const [name, size, letters, bare] of [['telephone', '320x568', 100], ['large type', '360x640', 300], ['no style', '600x800', 100, true]]) {
  const { browser, page } = await look(size)
  await page.unrouteAll()
  for (const file of files) {
    await page.goto(`file://${folder}/${file}`)
    await page.addStyleTag({ content: `html{font-size:${letters}%}img{max-width:100%}` })
    if (bare) await page.evaluate(() => document.querySelector('link[rel=stylesheet]').remove())
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    if (wide > 0) faults.push(`${file} is ${wide} pixels too wide (${name})`)
  }
  await browser.close()
}
console.log(JSON.stringify({ faults }))
