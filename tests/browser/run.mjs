// Tests of the page in Chromium: node tests/browser/run.mjs PAGE.html
//
// The page may be of any glossary with some concepts: what to look for is read from the page itself.
// The last line counts: «N passed, N failed».

import { pathToFileURL } from 'node:url';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Browser } from './chromium.mjs';

const path = process.argv[2];
if (!path) {
  console.error('usage: node run.mjs PAGE.html');
  process.exit(2);
}
const url = pathToFileURL(resolve(path)).href;

const tests = [];
const test = (name, body) => tests.push({ name, body });

function equal(actual, expected, what) {
  if (actual !== expected) throw new Error(`${what}: ${JSON.stringify(actual)}, not ${JSON.stringify(expected)}`);
}
function holds(condition, what) {
  if (!condition) throw new Error(what);
}

// --- What the tests do on a page ---------------------------------------------------------------------------

const type = (page, text) =>
  page.run((text) => {
    const box = document.getElementById('glosa:q');
    box.value = text;
    box.dispatchEvent(new Event('input', { bubbles: true }));
  }, text);

/** The ids of the entries that are shown. */
const shown = (page) =>
  page.run(() =>
    [...document.querySelectorAll('.entry')]
      .filter((entry) => getComputedStyle(entry).display !== 'none')
      .map((entry) => entry.id));

const count = (page, selector) => page.run((selector) => document.querySelectorAll(selector).length, selector);

const status = (page) => page.run(() => document.getElementById('glosa:status').textContent);

const press = (page, selector) => page.run((selector) => document.querySelector(selector).click(), selector);

/** The first one-word term of at least six letters among the entries shown first, with its entry. */
const someTerm = (page) =>
  page.run(() => {
    const words = [...document.querySelectorAll('.entry:not(.absent) .head .word')];
    const word = words.find((word) => /^\p{L}{6,}$/u.test(word.textContent)) ?? words[0];
    return { id: word.closest('.entry').id, term: word.textContent };
  });

const wide = (page) => page.size(1200, 900);

// --- The tests ---------------------------------------------------------------------------------------------

test('the page loads without complaints and asks for nothing', async (browser) => {
  const page = await browser.open(url, wide);
  equal(page.complaints.join('; '), '', 'the console');
  const elsewhere = page.requests.filter((request) => request !== url && !request.startsWith('data:'));
  equal(elsewhere.join(' '), '', 'requests');
  holds((await shown(page)).length > 0, 'no entry is shown');
  await page.close();
});

test('a line of truth and a heading for every entry', async (browser) => {
  const page = await browser.open(url, wide);
  holds(/\d/.test(await page.run(() => document.querySelector('.truth').textContent)), 'no numbers in the line');
  equal(await count(page, '.entry'), await count(page, '.entry h3'), 'headings');
  equal(await count(page, '.entry .term:not([lang])'), 0, 'terms without a language');
  equal(await count(page, 'blockquote p:not([lang])'), 0, 'sentences without a language');
  await page.close();
});

test('the search filters as one types and says how many', async (browser) => {
  const page = await browser.open(url, wide);
  const all = await shown(page);
  const { id, term } = await someTerm(page);
  for (let end = 3; end <= term.length; end++) {
    await type(page, term.slice(0, end));
    holds((await shown(page)).includes(id), `“${term.slice(0, end)}” does not find ${id}`);
  }
  equal((await shown(page))[0], id, 'the first answer');
  holds(/\d/.test(await status(page)), 'the status names no number');
  await page.key('Escape');
  equal((await shown(page)).join(), all.join(), 'the entries after Esc');
  equal(await status(page), '', 'the status after Esc');
  await page.close();
});

test('accents and capitals are forgiven, everywhere', async (browser) => {
  const page = await browser.open(url, wide);
  const terms = await page.run(() =>
    [...document.querySelectorAll('.entry:not(.absent)')].slice(0, 300).flatMap((entry) =>
      [...entry.querySelectorAll('.word')].map((word) => ({ id: entry.id, term: word.textContent }))));
  for (const { id, term } of terms) {
    const bare = term.normalize('NFD').replace(/\p{M}/gu, '').toUpperCase();
    await type(page, bare);
    holds((await shown(page)).includes(id), `“${bare}” does not find ${id}`);
  }
  await page.close();
});

test('typing errors are forgiven when nothing else is found', async (browser) => {
  const page = await browser.open(url, wide);
  const { id, term } = await someTerm(page);
  const swapped = term.slice(0, 2) + term[3] + term[2] + term.slice(4);
  const doubled = term.slice(0, 3) + 'x' + term.slice(3);
  for (const wrong of [swapped, doubled]) {
    await type(page, wrong);
    holds((await shown(page)).includes(id), `“${wrong}” does not find ${id}`);
  }
  await type(page, 'qqxxzzqqxxzz');
  equal((await shown(page)).length, 0, 'answers to nonsense');
  holds((await status(page)).includes('qqxxzzqqxxzz'), 'the status does not repeat what was not found');
  await page.close();
});

test('the switch shows all concepts or those found', async (browser) => {
  const page = await browser.open(url, wide);
  const found = (await shown(page)).length;
  await press(page, '[id="glosa:all"]');
  equal((await shown(page)).length, await count(page, '.entry'), 'all');
  await press(page, '[id="glosa:found"]');
  if (await count(page, '.entry:not(.absent)')) equal((await shown(page)).length, found, 'found');
  await page.close();
});

test('a link to a concept that is filtered away shows it', async (browser) => {
  const page = await browser.open(url, wide);
  const { id } = await page.run(() => ({ id: (document.querySelector('.entry.absent') ?? document.querySelector('.entry')).id }));
  await type(page, 'qqxxzzqqxxzz');
  await page.run((id) => { location.hash = '#' + encodeURIComponent(id); }, id);
  await page.run(() => new Promise((done) => setTimeout(done, 100)));
  holds((await shown(page)).includes(id), `${id} is not shown`);
  await page.close();
});

test('every link within the page leads somewhere', async (browser) => {
  const page = await browser.open(url, wide);
  const lost = await page.run(() =>
    [...document.querySelectorAll('a[href^="#"]')]
      .map((link) => decodeURIComponent(link.getAttribute('href').slice(1)))
      .filter((id) => !document.getElementById(id)));
  equal(lost.join(' '), '', 'links that lead nowhere');
  await page.close();
});

test('the subject filter', async (browser) => {
  const page = await browser.open(url, wide);
  if (await count(page, '[id="glosa:subject"]')) {
    const subject = await page.run(() => {
      const select = document.getElementById('glosa:subject');
      select.selectedIndex = 1;
      select.dispatchEvent(new Event('change'));
      return select.value;
    });
    const others = await page.run((subject) =>
      [...document.querySelectorAll('.entry:not([hidden])')].filter((entry) => entry.dataset.s !== subject).length, subject);
    equal(others, 0, 'entries of other subjects');
  }
  await page.close();
});

test('a button copies the term', async (browser) => {
  const page = await browser.open(url, wide);
  const [copied, term, label] = await page.run(async () => {
    let copied;
    Object.defineProperty(navigator, 'clipboard', { value: { writeText: async (text) => { copied = text; } } });
    const button = document.querySelector('.entry:not(.absent) .copy');
    const before = button.textContent;
    button.click();
    await new Promise((done) => setTimeout(done, 50));
    return [copied, button.closest('.head').querySelector('.word').textContent, button.textContent !== before];
  });
  equal(copied, term, 'the clipboard');
  holds(label, 'the button does not say so');
  holds((await status(page)).includes(term), 'the status does not say so');
  await page.close();
});

test('contexts and places unfold', async (browser) => {
  const page = await browser.open(url, wide);
  if (await count(page, '.entry:not(.absent) details')) {
    const heights = await page.run(() => {
      const details = document.querySelector('.entry:not(.absent) details');
      details.scrollIntoView();
      const folded = details.offsetHeight;
      details.querySelector('summary').click();
      return [folded, details.offsetHeight];
    });
    holds(heights[1] > heights[0], 'nothing unfolds');
  }
  await page.close();
});

test('the keys: / goes to the search, Esc clears it', async (browser) => {
  const page = await browser.open(url, wide);
  await page.key('/', 'Slash');
  equal(await page.run(() => document.activeElement.id), 'glosa:q', 'the focus');
  equal(await page.run(() => document.activeElement.value), '', 'the box');
  await page.send('Input.insertText', { text: 'zzz' });
  await page.key('Escape');
  equal(await page.run(() => document.activeElement.value), '', 'the box after Esc');
  await page.close();
});

for (const width of [320, 360, 768, 1200]) {
  test(`nothing is wider than ${width} pixels`, async (browser) => {
    const page = await browser.open(url, (page) => page.size(width, 800));
    await press(page, '[id="glosa:all"]');
    await page.run(() => document.querySelectorAll('.entry details').forEach((details) => { details.open = true; }));
    const widest = await page.run(() => document.documentElement.scrollWidth);
    holds(widest <= width, `the page is ${widest} pixels wide`);
    await page.close();
  });
}

for (const scheme of ['light', 'dark']) {
  test(`text stands out in ${scheme} mode`, async (browser) => {
    const page = await browser.open(url, async (page) => {
      await wide(page);
      await page.scheme(scheme);
    });
    const weak = await page.run(weakContrasts);
    equal(weak.join('; '), '', 'weak contrasts');
    await page.close();
  });
}

/** Runs in the page: elements with text of their own whose contrast is under 4.5 to 1. */
function weakContrasts() {
  const channels = (colour) => colour.match(/[\d.]+/g).map(Number);
  const light = (value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
  const luminance = ([r, g, b]) => 0.2126 * light(r) + 0.7152 * light(g) + 0.0722 * light(b);
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = channels(getComputedStyle(at).backgroundColor);
      if (colour.length < 4 || colour[3] > 0.5) return colour;
    }
    return [255, 255, 255];
  };
  const weak = new Set();
  const own = (element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
  for (const element of [...document.querySelectorAll('body *')].slice(0, 4000)) {
    if (/^(SCRIPT|STYLE)$/.test(element.tagName) || !own(element)) continue;
    const [a, b] = [luminance(channels(getComputedStyle(element).color)), luminance(ground(element))];
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (contrast < 4.5) weak.add(`${element.tagName}.${element.className} ${contrast.toFixed(2)}`);
  }
  return [...weak];
}

test('without JavaScript the entries are there and the switch works', async (browser) => {
  const page = await browser.open(url, async (page) => {
    await wide(page);
    await page.send('Emulation.setScriptExecutionDisabled', { value: true });
  });
  // Scripts of the page are off; the protocol still looks at it through the DOM and its styles.
  await page.send('DOM.enable');
  await page.send('CSS.enable');
  const { root } = await page.send('DOM.getDocument', {});
  const display = async (selector) => {
    const { nodeId } = await page.send('DOM.querySelector', { nodeId: root.nodeId, selector });
    if (!nodeId) return undefined;
    const { computedStyle } = await page.send('CSS.getComputedStyleForNode', { nodeId });
    return computedStyle.find(({ name }) => name === 'display').value;
  };
  equal(await display('.entry:not(.absent)') ?? 'block', 'block', 'an entry');
  equal(await display('.search'), 'none', 'the search box, which would do nothing');
  equal(await display('.copy'), 'none', 'the copy button');
  const { nodeId } = await page.send('DOM.querySelector', { nodeId: root.nodeId, selector: 'label[for="glosa:all"]' });
  const { model } = await page.send('DOM.getBoxModel', { nodeId });
  const [x, y] = [model.content[0] + 4, model.content[1] + 4];
  for (const event of ['mousePressed', 'mouseReleased']) {
    await page.send('Input.dispatchMouseEvent', { type: event, x, y, button: 'left', clickCount: 1 });
  }
  equal(await display('.entry.absent') ?? 'block', 'block', 'a concept that does not occur, after the switch');
  await page.close();
});

test('on paper: Letter and A4, no controls', async (browser) => {
  const page = await browser.open(url, wide);
  for (const [paperWidth, paperHeight] of [[8.5, 11], [8.27, 11.69]]) {
    const { data } = await page.send('Page.printToPDF', { paperWidth, paperHeight });
    holds(Buffer.from(data, 'base64').subarray(0, 5).toString() === '%PDF-', 'no PDF');
  }
  await page.send('Emulation.setEmulatedMedia', { media: 'print' });
  const visible = await page.run(() =>
    [...document.querySelectorAll('.search, .filters, .copy')].filter((element) => element.offsetHeight > 0).length);
  equal(visible, 0, 'controls on paper');
  equal(await page.run(() => getComputedStyle(document.querySelector('.entry')).breakInside), 'avoid', 'broken entries');
  await page.close();
});

test('a keystroke takes less than 50 ms at a thousand entries', async (browser) => {
  const page = await browser.open(url, wide);
  const entries = await count(page, '.entry');
  const { term } = await someTerm(page);
  const slowest = await page.run((term) => {
    const box = document.getElementById('glosa:q');
    const time = (text) => {
      box.value = text;
      const start = performance.now();
      box.dispatchEvent(new Event('input', { bubbles: true }));
      return performance.now() - start;
    };
    time('zzzz');
    return Math.max(...[...term].map((_, i) => time(term.slice(0, i + 1))), time(term.slice(1) + 'x'));
  }, term);
  const allowed = 50 * Math.max(1, entries / 1000);
  holds(slowest < allowed, `${slowest.toFixed(0)} ms with ${entries} entries`);
  await page.close();
});

test('no element is repeated and none is torn', async () => {
  const html = readFileSync(path, 'utf8');
  const ids = [...html.matchAll(/ id="([^"]*)"/g)].map((match) => match[1]);
  equal(new Set(ids).size, ids.length, 'ids');
  holds(html.trimEnd().endsWith('</html>'), 'the page does not end');
});

// --- Running them ------------------------------------------------------------------------------------------

const browser = await Browser.start();
let [passed, failed] = [0, 0];
for (const { name, body } of tests) {
  try {
    await body(browser);
    passed++;
    console.log(`ok    ${name}`);
  } catch (error) {
    failed++;
    console.log(`FAIL  ${name}\n      ${error.message}`);
  }
}
await browser.stop();
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
