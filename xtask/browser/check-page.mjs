// Looks at pages written by `upstairs advise --html` in a real browser: takes pictures on a phone and on a desktop,
// light and dark, prints to PDF, and fails on what axe-core finds, on sideways scrolling, on anything loaded and on
// anything the browser complains of. See README.md here.
import { existsSync, mkdirSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import axe from "@axe-core/playwright";
import { chromium } from "playwright-core";

const [folder, ...pages] = process.argv.slice(2);
const browserPath = process.env.CHROMIUM;
if (!folder || pages.length === 0 || !browserPath || !existsSync(browserPath)) {
  console.error("usage: CHROMIUM=path/to/chromium node check-page.mjs FOLDER-FOR-PICTURES PAGE.html...");
  process.exit(2);
}
mkdirSync(folder, { recursive: true });

const AxeBuilder = axe.default ?? axe;
const SIZES = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 900 } };
const browser = await chromium.launch({ executablePath: browserPath, args: ["--no-sandbox", "--disable-gpu"] });
const faults = [];

for (const path of pages) {
  const name = basename(path, ".html");
  for (const [device, viewport] of Object.entries(SIZES)) {
    for (const colorScheme of ["light", "dark"]) {
      const where = `${name} ${device} ${colorScheme}`;
      const context = await browser.newContext({ viewport, colorScheme, deviceScaleFactor: device === "phone" ? 2 : 1 });
      const page = await context.newPage();
      const fault = (what) => faults.push(`${where}: ${what}`);
      page.on("console", (message) => fault(`console: ${message.text()}`));
      page.on("request", (request) => request.isNavigationRequest() || fault(`loads ${request.url()}`));
      await page.goto(pathToFileURL(resolve(path)).href);
      await page.screenshot({ path: join(folder, `${name}-${device}-${colorScheme}.png`), fullPage: true });
      await page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));
      await page.screenshot({ path: join(folder, `${name}-${device}-${colorScheme}-open.png`), fullPage: true });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (wide > 0) fault(`scrolls sideways by ${wide} px`);
      const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
      const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
      for (const { id, help, nodes } of violations) {
        fault(`${id}: ${help} (${nodes.length}): ${nodes[0].html.slice(0, 160)} ${nodes[0].failureSummary ?? ""}`);
      }
      await context.close();
    }
  }
  const page = await browser.newPage();
  await page.goto(pathToFileURL(resolve(path)).href);
  await page.pdf({ path: join(folder, `${name}.pdf`), format: "A4", preferCSSPageSize: true });
  await page.close();
}
await browser.close();
console.log(faults.length === 0 ? `${pages.length} pages: no faults` : faults.join("\n"));
process.exit(faults.length === 0 ? 0 : 1);
