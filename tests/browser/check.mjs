// Tests of a page of findings in Chromium: node tests/browser/check.mjs FINDINGS.html
//
// The last line counts: «N passed, N failed».

import { equal, fitsPhone, holds, loadsAlone, needsNoScripts, run, standsOut, test, url, wide } from './suite.mjs';

loadsAlone();

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
  equal(faults.join('; '), '', 'faults');
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
  equal(found.wrong.join('; '), '', 'what is shown');
  holds(found.back, 'not all come back');
  await page.close();
});

standsOut('p, span, h1, h2, h3, label, cite, mark, a');
fitsPhone();

needsNoScripts('without JavaScript the findings are there', '.finding');

await run();
