// Tests of a page of findings in Chromium: node tests/browser/check.mjs FINDINGS.html
//
// The last line counts: «N passed, N failed».

import { pathToFileURL } from 'node:url';
import { resolve } from 'node:path';
import { Browser } from './chromium.mjs';

const [path] = process.argv.slice(2);
if (!path) {
  console.error('usage: node check.mjs FINDINGS.html');
  process.exit(2);
}
const url = pathToFileURL(resolve(path)).href;
const tests = [];
const test = (name, body) => tests.push({ name, body });
const equal = (actual, expected, what) => {
  if (JSON.stringify(actual) !== JSON.stringify(expected)) {
    throw new Error(`${what}: ${JSON.stringify(actual)}, not ${JSON.stringify(expected)}`);
  }
};
const wide = (page) => page.size(1280, 900);
const phone = (page) => page.size(390, 844);

test('the page loads without complaints and asks for nothing', async (browser) => {
  const page = await browser.open(url, wide);
  equal(page.complaints, [], 'the console');
  equal(page.requests.filter((request) => request !== url && !request.startsWith('data:')), [], 'requests');
  await page.close();
});

test('each finding has its words, its place and a rule that is explained', async (browser) => {
  const page = await browser.open(url, wide);
  const faults = await page.run(() => {
    const faults = [];
    if (document.querySelectorAll('h1').length !== 1 || !document.documentElement.lang) faults.push('the head');
    const findings = [...document.querySelectorAll('.finding')];
    if (!findings.length) faults.push('no findings');
    for (const finding of findings) {
      if (!finding.querySelector('h3')?.textContent || !finding.querySelector('mark')?.textContent) faults.push(finding.id);
      const rule = finding.querySelector('.labels a[href^="#rule:"]')?.getAttribute('href').slice(1);
      if (!rule || !document.getElementById(rule)) faults.push(`${finding.id}: a rule without explanation`);
    }
    return faults;
  });
  equal(faults, [], 'faults');
  await page.close();
});

test('a rule and a severity leave the findings of theirs, and the page counts them', async (browser) => {
  const page = await browser.open(url, wide);
  const found = await page.run(() => {
    const shown = () => [...document.querySelectorAll('.finding')].filter((one) => getComputedStyle(one).display !== 'none');
    const all = shown().length;
    const choice = document.getElementById('glosa:rule');
    const wrong = [];
    for (const { value, textContent } of [...choice.options].slice(1)) {
      choice.value = value;
      choice.dispatchEvent(new Event('change'));
      const wanted = Number(textContent.match(/\((\d+)\)/)[1]);
      if (shown().length !== wanted || shown().some((one) => one.dataset.rule !== value)) wrong.push(value);
      const told = document.getElementById('glosa:status').textContent;
      if (wanted < all && !told.includes(String(wanted))) wrong.push(`${value}: told “${told}”`);
    }
    choice.value = '';
    choice.dispatchEvent(new Event('change'));
    for (const severity of ['error', 'warning', 'note']) {
      document.getElementById(`glosa:${severity}`).click();
      if (shown().some((one) => !one.classList.contains(severity))) wrong.push(severity);
    }
    document.getElementById('glosa:all').click();
    return { wrong, back: shown().length === all };
  });
  equal(found, { wrong: [], back: true }, 'what is shown');
  await page.close();
});

test('nothing is wider than a phone', async (browser) => {
  const page = await browser.open(url, phone);
  const wider = await page.run(() => document.documentElement.scrollWidth - innerWidth);
  equal(wider <= 0, true, `${wider} pixels too wide`);
  await page.close();
});

test('without JavaScript the findings are there', async (browser) => {
  const page = await browser.open(url, async (page) => {
    await wide(page);
    await page.send('Emulation.setScriptExecutionDisabled', { value: true });
  });
  const { root } = await page.send('DOM.getDocument', {});
  const { nodeIds } = await page.send('DOM.querySelectorAll', { nodeId: root.nodeId, selector: '.finding' });
  equal(nodeIds.length > 0, true, 'findings');
  await page.close();
});

const browser = await Browser.start();
let failed = 0;
for (const { name, body } of tests) {
  try {
    await body(browser);
    console.log(`ok      ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED  ${name}\n        ${error.message}`);
  }
}
await browser.stop();
console.log(`${tests.length - failed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
