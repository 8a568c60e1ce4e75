// Checks web pages in a real browser with axe-core (WCAG 2 A and AA, best practices), on a phone and on a desk.
// Not part of the tests: it wants Chromium and two packages of npm.
//   npm install --no-save axe-core puppeteer-core && node scripts/axe.js output/*.html
const fs = require("fs");
const path = require("path");
const puppeteer = require("puppeteer-core");

const axe = fs.readFileSync(require.resolve("axe-core"), "utf8");
const widths = [390, 1400];

async function check(browser, file, width) {
  const page = await browser.newPage();
  await page.setViewport({ width, height: 900 });
  await page.setBypassCSP(true); // the page allows no script, not even this one
  await page.goto(`file://${path.resolve(file)}`);
  await page.evaluate(axe);
  const { violations, passes } = await page.evaluate(() => globalThis.axe.run());
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  await page.close();
  console.log(`${file} ${width}px: ${violations.length} violations, ${passes.length} passes, ${overflow}px too wide`);
  for (const { id, help, nodes } of violations) console.log(`  ${id}: ${help} (${nodes.length}×) ${nodes[0].html}`);
  return violations.length + (overflow > 0 ? 1 : 0);
}

(async () => {
  const browser = await puppeteer.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: ["--no-sandbox"] });
  let wrong = 0;
  for (const file of process.argv.slice(2)) for (const width of widths) wrong += await check(browser, file, width);
  await browser.close();
  process.exit(wrong ? 1 : 0);
})();
