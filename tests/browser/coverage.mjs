// Tests of the coverage report in Chromium: node tests/browser/coverage.mjs REPORT.html
//
// The last line counts: «N passed, N failed».

import { equal, fitsPhone, holds, keep, loadsAlone, needsNoScripts, pdf, run, standsOut, test, url, wide } from './suite.mjs';

loadsAlone();

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

standsOut('p, span, td, th, h1, h2, li, cite, em, strong, button, svg text');

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

fitsPhone();

test('the sheet takes one Letter page, and the rest begins on the next', async (browser) => {
  const page = await browser.open(url, wide);
  const all = await pdf(page);
  keep('report.pdf', all);
  // With the sheet alone there is one page.
  await page.run(() => { document.getElementById('tables').remove(); document.querySelector('footer.colophon').remove(); });
  const sheet = (await pdf(page)).toString('latin1');
  const count = (text) => (text.match(/\/Type\s*\/Page\b(?!s)/g) ?? []).length;
  equal(count(sheet), 1, 'pages of the sheet');
  holds(count(all.toString('latin1')) > 1, 'the tables are not printed');
  holds(/\/MediaBox\s*\[0 0 61[12](\.\d+)? 79[12]/.test(sheet), 'the page is not Letter');
  await page.close();
});

needsNoScripts('without JavaScript everything is there', 'table tbody tr');

await run();
