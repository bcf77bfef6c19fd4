// Tests of the page to review an alignment on, in Chromium: node tests/browser/align.mjs REVIEW.html
//
// The page must have doubtful beads and sure ones. The last line counts: «N passed, N failed».

import { equal, fitsPhone, holds, keep, loadsAlone, pdf, run, standsOut, test, url, wide } from './suite.mjs';

/** The ids of the beads that are seen. */
const seen = () =>
  [...document.querySelectorAll('.bead')].filter((bead) => bead.getClientRects().length > 0).map((bead) => bead.id);

const choose = (page, id) => page.run((id) => document.getElementById(id).click(), id);

loadsAlone();

test('the doubtful beads are seen first, with what stands around them', async (browser) => {
  const page = await browser.open(url, wide);
  const told = await page.run(() => {
    const beads = [...document.querySelectorAll('.bead')];
    const near = beads.filter((bead, at) =>
      beads.slice(Math.max(at - 1, 0), at + 2).some((one) => one.matches('.doubt') && one.parentElement === bead.parentElement));
    return { near: near.map((bead) => bead.id), doubt: beads.filter((bead) => bead.matches('.doubt')).length };
  });
  holds(told.doubt > 0, 'nothing is in doubt');
  equal((await page.run(seen)).join(), told.near.join(), 'what is seen');
  await page.close();
});

test('the switch shows all beads, and the doubtful ones again', async (browser) => {
  const page = await browser.open(url, wide);
  const few = await page.run(seen);
  await choose(page, 'glosa:all');
  const all = await page.run(() => document.querySelectorAll('.bead').length);
  equal((await page.run(seen)).length, all, 'beads seen');
  holds(all > few.length, 'the switch does nothing');
  await choose(page, 'glosa:doubtful');
  equal((await page.run(seen)).join(), few.join(), 'what is seen again');
  await page.close();
});

test('the switch counts what it shows', async (browser) => {
  const page = await browser.open(url, wide);
  const [told, there] = await page.run(() => {
    const count = (id) => Number(document.querySelector(`label[for="${id}"] .count`).textContent.replace(/\D/g, ''));
    return [
      [count('glosa:doubtful'), count('glosa:all')],
      [document.querySelectorAll('.bead.doubt').length, document.querySelectorAll('.bead').length],
    ];
  });
  equal(told.join(), there.join(), 'the counts');
  await page.close();
});

test('a link to a bead shows it, sure or not', async (browser) => {
  const page = await browser.open(url, wide);
  const hidden = await page.run(() => document.querySelector('.bead.sure').id);
  await page.run((id) => { location.hash = id; }, hidden);
  holds((await page.run(seen)).includes(hidden), 'the bead is not seen');
  await page.close();
});

test('both sides say their language, and each text has a heading', async (browser) => {
  const page = await browser.open(url, wide);
  const faults = await page.run(() => {
    const faults = [];
    if (document.querySelectorAll('h1').length !== 1) faults.push('one h1');
    if (!document.documentElement.lang) faults.push('a language');
    for (const section of document.querySelectorAll('section')) {
      if (section.querySelectorAll('h2').length !== 2) faults.push('two headings a pair');
    }
    for (const side of document.querySelectorAll('.bead > p:not(.certainty, .none)')) {
      if (!/^(es|en)/.test(side.querySelector('[lang]')?.lang ?? '')) faults.push(`no language: ${side.textContent.slice(0, 40)}`);
    }
    return [...new Set(faults)];
  });
  equal(faults.join('; '), '', 'faults');
  await page.close();
});

test('the switch is worked with the keyboard', async (browser) => {
  const page = await browser.open(url, wide);
  await page.run(() => document.getElementById('glosa:doubtful').focus());
  for (const type of ['rawKeyDown', 'keyUp']) {
    await page.send('Input.dispatchKeyEvent', { type, key: 'ArrowRight', code: 'ArrowRight', windowsVirtualKeyCode: 39 });
  }
  equal(await page.run(() => document.activeElement.id), 'glosa:all', 'the choice');
  equal(await page.run(() => document.getElementById('glosa:all').checked), true, 'it is made');
  await page.close();
});

standsOut('p, span, h1, h2, cite, a, label');
fitsPhone();

test('on paper no bead is torn and there is no switch', async (browser) => {
  const page = await browser.open(url, wide);
  await page.send('Emulation.setEmulatedMedia', { media: 'print' });
  const [torn, controls] = await page.run(() => [
    [...document.querySelectorAll('.bead')].filter((bead) => getComputedStyle(bead).breakInside !== 'avoid').length,
    document.querySelector('.filters').getClientRects().length,
  ]);
  equal(torn, 0, 'beads that may be torn');
  equal(controls, 0, 'controls');
  const paper = await pdf(page);
  keep('review.pdf', paper);
  holds(paper.toString('latin1').includes('/Type /Page'), 'no pages');
  await page.close();
});

await run();
