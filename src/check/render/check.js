// The choice of a rule, and how many findings are shown. The choice of a severity is the style sheet's.
(() => {
  const rule = document.getElementById('glosa:rule');
  const status = document.getElementById('glosa:status');
  if (!rule) return;
  const findings = [...document.querySelectorAll('.finding')];
  const show = () => {
    for (const finding of findings) finding.hidden = rule.value !== '' && finding.dataset.rule !== rule.value;
    for (const file of document.querySelectorAll('.file')) file.hidden = false;
    const isShown = (finding) => getComputedStyle(finding).display !== 'none';
    const shown = findings.filter(isShown).length;
    for (const file of document.querySelectorAll('.file')) {
      file.hidden = ![...file.querySelectorAll('.finding')].some(isShown);
    }
    status.textContent = shown < findings.length ? status.dataset.label.replace('{n}', shown) : '';
  };
  rule.addEventListener('change', show);
  document.querySelectorAll('[name="glosa:severity"]').forEach((choice) => choice.addEventListener('change', show));
  addEventListener('hashchange', () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target?.classList.contains('finding')) return;
    rule.value = '';
    document.getElementById('glosa:all').checked = true;
    show();
    target.scrollIntoView();
  });
})();
