// Tests of the coverage report in Chromium: node tests/browser/coverage.mjs REPORT.html
//
// The last line counts: «N passed, N failed».

import { pathToFileURL } from 'node:url';
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Browser } from './chromium.mjs';

const [path, pictures] = process.argv.slice(2);
if (!path) {
  console.error('usage: node coverage.mjs REPORT.html [FOLDER-FOR-PICTURES]');
  process.exit(2);
}
const url = pathToFileURL(resolve(path)).href;
const tests = [];
const test = (name, body) => tests.push({ name, body });
const holds = (condition, what) => {
  if (!condition) throw new Error(what);
};
const equal = (actual, expected, what) =>
  holds(actual === expected, `${what}: ${JSON.stringify(actual)}, not ${JSON.stringify(expected)}`);
const wide = (page) => page.size(1280, 900);
const phone = (page) => page.size(390, 844);

const picture = async (page, name) => {
  if (!pictures) return;
  const { data } = await page.send('Page.captureScreenshot', { format: 'png' });
  writeFileSync(`${pictures}/${name}.png`, Buffer.from(data, 'base64'));
};

/** The page as a PDF of Letter pages. */
const pdf = async (page) => {
  const { data } = await page.send('Page.printToPDF', { preferCSSPageSize: true, printBackground: false });
  return Buffer.from(data, 'base64');
};

test('the report loads without complaints and asks for nothing', async (browser) => {
  const page = await browser.open(url, wide);
  equal(page.complaints.join('; '), '', 'the console');
  const elsewhere = page.requests.filter((request) => request !== url && !request.startsWith('data:'));
  equal(elsewhere.join(' '), '', 'requests');
  await picture(page, 'desktop');
  await page.close();
});

test('headings, tables and pictures can be told apart without seeing them', async (browser) => {
  const page = await browser.open(url, wide);
  const faults = await page.run(() => {
    const faults = [];
    if (document.querySelectorAll('h1').length !== 1) faults.push('one h1');
    if (!document.documentElement.lang) faults.push('a language');
    for (const svg of document.querySelectorAll('svg')) {
      const by = svg.getAttribute('aria-labelledby');
      const told = svg.getAttribute('aria-label') ?? (by && document.getElementById(by)?.textContent);
      if (svg.getAttribute('role') !== 'img' || !told) faults.push(`a picture without words: ${svg.outerHTML.slice(0, 60)}`);
    }
    for (const table of document.querySelectorAll('table')) {
      const heads = table.tHead.rows[0].cells;
      if ([...heads].some((head) => head.scope !== 'col')) faults.push('a column without a head');
      for (const row of table.tBodies[0].rows) {
        if (row.cells.length !== heads.length || row.cells[0].scope !== 'row') faults.push('a row without a head');
      }
    }
    for (const labelled of document.querySelectorAll('[aria-labelledby]')) {
      if (!document.getElementById(labelled.getAttribute('aria-labelledby'))) faults.push('a label that is not there');
    }
    return faults;
  });
  equal(faults.join('; '), '', 'faults');
  await page.close();
});

test('text stands out from what is behind it, in light and dark', async (browser) => {
  for (const scheme of ['light', 'dark']) {
    const page = await browser.open(url, async (page) => { await wide(page); await page.scheme(scheme); });
    const weak = await page.run(() => {
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
      for (const element of document.querySelectorAll('p, span, td, th, h1, h2, li, cite, em, strong, button, svg text')) {
        const style = getComputedStyle(element);
        const color = element.closest('svg') ? style.fill : style.color;
        if (element.textContent.trim() && contrast(color) < 4.5) seen.set(color, element.outerHTML.slice(0, 80));
      }
      return [...seen.values()];
    });
    equal(weak.join('; '), '', `too weak in ${scheme}`);
    await picture(page, scheme);
    await page.close();
  }
});

test('every table sorts by every column, with the keyboard too', async (browser) => {
  const page = await browser.open(url, wide);
  const faults = await page.run(() => {
    const faults = [];
    for (const table of document.querySelectorAll('table.sortable')) {
      const heads = [...table.tHead.rows[0].cells];
      heads.forEach((head, at) => {
        for (const wanted of head.textContent ? [0, 1] : []) {
          head.querySelector('button').click();
          const direction = head.getAttribute('aria-sort');
          const values = [...table.tBodies[0].rows].map((row) => row.cells[at].dataset.value);
          if (values.length === 0 || values[0] === undefined) continue;
          const numbers = values.map(Number);
          const sorted = [...numbers].sort((a, b) => (direction === 'ascending' ? a - b : b - a));
          if (numbers.join() !== sorted.join()) faults.push(`${head.textContent} ${direction} ${wanted}`);
        }
        if (heads.filter((other) => other.hasAttribute('aria-sort')).length > 1) faults.push('two columns at once');
      });
    }
    return faults;
  });
  equal(faults.join('; '), '', 'not in order');
  const focus = await page.run(() => {
    const button = document.querySelector('table.sortable th button');
    button.focus();
    return document.activeElement === button && getComputedStyle(button).cursor;
  });
  equal(focus, 'pointer', 'a button that the keyboard reaches');
  await page.close();
});

test('nothing sticks out on a phone', async (browser) => {
  const page = await browser.open(url, phone);
  const width = await page.run(() => document.documentElement.scrollWidth);
  holds(width <= 390, `the page is ${width} wide`);
  await picture(page, 'phone');
  await page.close();
});

test('the sheet takes one Letter page, and the rest begins on the next', async (browser) => {
  const page = await browser.open(url, wide);
  const all = await pdf(page);
  if (pictures) writeFileSync(`${pictures}/report.pdf`, all);
  // With the sheet alone there is one page.
  await page.run(() => { document.getElementById('tables').remove(); document.querySelector('footer.colophon').remove(); });
  const sheet = (await pdf(page)).toString('latin1');
  const count = (text) => (text.match(/\/Type\s*\/Page\b(?!s)/g) ?? []).length;
  equal(count(sheet), 1, 'pages of the sheet');
  holds(count(all.toString('latin1')) > 1, 'the tables are not printed');
  holds(/\/MediaBox\s*\[0 0 61[12](\.\d+)? 79[12]/.test(sheet), 'the page is not Letter');
  await page.close();
});

test('without JavaScript everything is there', async (browser) => {
  const page = await browser.open(url, async (page) => {
    await wide(page);
    await page.send('Emulation.setScriptExecutionDisabled', { value: true });
  });
  const { root } = await page.send('DOM.getDocument', {});
  const { nodeIds } = await page.send('DOM.querySelectorAll', { nodeId: root.nodeId, selector: 'table tbody tr' });
  holds(nodeIds.length > 0, 'no rows');
  await page.close();
});

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
