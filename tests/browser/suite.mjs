// What the tests of a page in Chromium share: the page's address, what holds, and running and counting the tests.

import { pathToFileURL } from 'node:url';
import { writeFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { Browser } from './chromium.mjs';

const [path, pictures] = process.argv.slice(2);
if (!path) {
  console.error(`usage: node ${basename(process.argv[1])} PAGE.html [FOLDER-FOR-PICTURES]`);
  process.exit(2);
}

/** The address of the page to test. */
export const url = pathToFileURL(resolve(path)).href;

const tests = [];

/** Adds a test; it is given the browser. */
export const test = (name, body) => tests.push({ name, body });

/** Fails unless the condition holds. */
export const holds = (condition, what) => {
  if (!condition) throw new Error(what);
};

/** Fails unless both are the same. */
export const equal = (actual, expected, what) =>
  holds(actual === expected, `${what}: ${JSON.stringify(actual)}, not ${JSON.stringify(expected)}`);

export const wide = (page) => page.size(1280, 900);
export const phone = (page) => page.size(390, 844);

/** Keeps a file in the folder for pictures, where one is given. */
export const keep = (name, bytes) => {
  if (pictures) writeFileSync(`${pictures}/${name}`, bytes);
};

/** Keeps a picture of what is seen. */
export const picture = async (page, name) => {
  if (!pictures) return;
  const { data } = await page.send('Page.captureScreenshot', { format: 'png' });
  keep(`${name}.png`, Buffer.from(data, 'base64'));
};

/** The page as a PDF of Letter pages. */
export const pdf = async (page) => {
  const { data } = await page.send('Page.printToPDF', { preferCSSPageSize: true, printBackground: false });
  return Buffer.from(data, 'base64');
};

/** The page loads without complaints and asks for nothing. */
export const loadsAlone = () =>
  test('the page loads without complaints and asks for nothing', async (browser) => {
    const page = await browser.open(url, wide);
    equal(page.complaints.join('; '), '', 'the console');
    const elsewhere = page.requests.filter((request) => request !== url && !request.startsWith('data:'));
    equal(elsewhere.join(' '), '', 'requests');
    await picture(page, 'desktop');
    await page.close();
  });

/** The text of these elements has a contrast of 4.5 or more with the page (WCAG 2.2, 1.4.3), in light and dark. */
export const standsOut = (selector) =>
  test('text stands out from what is behind it, in light and dark', async (browser) => {
    for (const scheme of ['light', 'dark']) {
      const page = await browser.open(url, async (page) => { await wide(page); await page.scheme(scheme); });
      const weak = await page.run((selector) => {
        const channels = (color) => color.match(/[\d.]+/g).map(Number);
        const luminance = (color) => {
          const [r, g, b] = channels(color).slice(0, 3).map((c) => c / 255)
            .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
          return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        };
        const paper = luminance(getComputedStyle(document.documentElement).backgroundColor);
        const contrast = (color) => {
          const [high, low] = [luminance(color), paper].sort((a, b) => b - a);
          return (high + 0.05) / (low + 0.05);
        };
        const seen = new Map();
        for (const element of document.querySelectorAll(selector)) {
          const style = getComputedStyle(element);
          const color = element.closest('svg') ? style.fill : style.color;
          if (element.textContent.trim() && contrast(color) < 4.5) seen.set(color, element.outerHTML.slice(0, 80));
        }
        return [...seen.values()];
      }, selector);
      equal(weak.join('; '), '', `too weak in ${scheme}`);
      await picture(page, scheme);
      await page.close();
    }
  });

/** The page is no wider than a phone. */
export const fitsPhone = () =>
  test('nothing sticks out on a phone', async (browser) => {
    const page = await browser.open(url, phone);
    const width = await page.run(() => document.documentElement.scrollWidth);
    holds(width <= 390, `the page is ${width} wide`);
    await picture(page, 'phone');
    await page.close();
  });

/** What this selects is there without JavaScript. */
export const needsNoScripts = (name, selector) =>
  test(name, async (browser) => {
    const page = await browser.open(url, async (page) => {
      await wide(page);
      await page.send('Emulation.setScriptExecutionDisabled', { value: true });
    });
    const { root } = await page.send('DOM.getDocument', {});
    const { nodeIds } = await page.send('DOM.querySelectorAll', { nodeId: root.nodeId, selector });
    holds(nodeIds.length > 0, `no ${selector}`);
    await page.close();
  });

/** Runs the tests; the last line counts: «N passed, N failed». */
export const run = async () => {
  const browser = await Browser.start();
  let failed = 0;
  for (const { name, body } of tests) {
    try {
      await body(browser);
      console.log(`ok - ${name}`);
    } catch (error) {
      failed++;
      console.log(`not ok - ${name}: ${error.message}`);
    }
  }
  await browser.stop();
  console.log(`${tests.length - failed} passed, ${failed} failed`);
  process.exit(failed ? 1 : 0);
};
