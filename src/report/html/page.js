// Search, filters and copying. The page can be read without it.
(() => {
  'use strict';

  const byId = (id) => document.getElementById('glosa:' + id);
  const labels = JSON.parse(byId('labels').textContent);
  const box = byId('q');
  const status = byId('status');
  const subject = byId('subject');
  const main = byId('entries');
  const entries = [...main.querySelectorAll('.entry')].map((element) => ({
    element,
    key: element.dataset.k,
    subject: element.dataset.s || '',
    absent: element.classList.contains('absent'),
  }));
  let moved = [];

  /* Words in lower case without accents, as the keys were made. */
  const fold = (text) =>
    text.normalize('NFKD').replace(/\p{M}+/gu, '').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim();

  /* How well a key answers: 0 is a whole term, 3 words of terms, -1 not at all. */
  function rank(key, query) {
    if (key.includes('|' + query.phrase + '|')) return 0;
    if (key.includes('|' + query.phrase)) return 1;
    if (key.includes(' ' + query.phrase)) return 2;
    const begins = (word) => key.includes('|' + word) || key.includes(' ' + word);
    return query.words.every(begins) ? 3 : -1;
  }

  /* All the text of an entry but its contexts; folded only when the terms gave nothing. */
  function fullText(entry) {
    if (entry.full === undefined) {
      const parts = entry.element.querySelectorAll('.labels, .terms, .definition, .line');
      entry.full = entry.key + fold([...parts].map((part) => part.textContent).join(' '));
    }
    return entry.full;
  }

  /* The words of all keys and the entries that have them; made at the first error of spelling. */
  let vocabulary = null;
  function words() {
    if (vocabulary) return vocabulary;
    vocabulary = new Map();
    entries.forEach((entry) => {
      for (const word of new Set(entry.key.split(/[| ]+/))) {
        if (word.length < 3) continue;
        if (!vocabulary.has(word)) vocabulary.set(word, []);
        vocabulary.get(word).push(entry);
      }
    });
    return vocabulary;
  }

  /* Edits (transpositions count one) between what is typed and the beginning of a word, or `limit + 1`. */
  function distance(typed, word, limit) {
    if (typed.length > word.length + limit) return limit + 1;
    const letters = word.slice(0, typed.length + limit);
    let before = [], previous = Array.from({ length: letters.length + 1 }, (_, j) => j);
    for (let i = 1; i <= typed.length; i++) {
      const row = [i];
      let least = i;
      for (let j = 1; j <= letters.length; j++) {
        const same = typed[i - 1] === letters[j - 1];
        let edits = Math.min(previous[j] + 1, row[j - 1] + 1, previous[j - 1] + (same ? 0 : 1));
        const swapped = i > 1 && j > 1 && typed[i - 1] === letters[j - 2] && typed[i - 2] === letters[j - 1];
        if (swapped) edits = Math.min(edits, before[j - 2] + 1);
        row.push(edits);
        least = Math.min(least, edits);
      }
      if (least > limit) return limit + 1;
      before = previous;
      previous = row;
    }
    return Math.min(...previous);
  }

  /* Entries with a word near to the typed one, and how near. */
  function near(typed) {
    const limit = typed.length < 4 ? 0 : typed.length < 7 ? 1 : 2;
    const found = new Map();
    for (const [word, owners] of words()) {
      const edits = distance(typed, word, limit);
      if (edits > limit) continue;
      for (const owner of owners) found.set(owner, Math.min(edits, found.get(owner) ?? edits));
    }
    return found;
  }

  /* The entries nearest to the words typed. */
  function nearest(query) {
    const maps = query.words.map(near);
    const sums = new Map();
    for (const entry of entries) {
      if (maps.every((map) => map.has(entry))) sums.set(entry, maps.reduce((sum, map) => sum + map.get(entry), 0));
    }
    const least = Math.min(...sums.values());
    return new Map([...sums].filter(([, edits]) => edits === least));
  }

  /* The entries that answer, with their rank: by their terms, else by any of their text, else nearly. */
  function answer(text) {
    const phrase = fold(text);
    const queries = [phrase, phrase.replace(/ /g, '')].map((p) => ({ phrase: p, words: p.split(' ') }));
    const tests = [
      (entry, query) => rank(entry.key, query),
      (entry, query) => (query.words.every((word) => word.length > 2 && fullText(entry).includes(word)) ? 4 : -1),
    ];
    for (const test of tests) {
      for (const query of queries) {
        const found = new Map();
        for (const entry of entries) {
          const how = test(entry, query);
          if (how >= 0) found.set(entry, how);
        }
        if (found.size) return { found, near: false };
      }
    }
    return { found: nearest(queries[0]), near: true };
  }

  const allShown = () => byId('all').checked;
  const inSubject = (entry) => !subject || !subject.value || entry.subject === subject.value;
  const counted = (n) => (n === 1 ? labels.one : labels.many.replace('{n}', String(n).replace(/\B(?=(\d{3})+$)/g, ',')));

  /* Best answers first, unless there are too many to matter; a comment keeps the place of what is moved. */
  function order(shown, found) {
    for (const { element, place } of moved) place.replaceWith(element);
    moved = [];
    if (shown.length > 60 || shown.every((entry) => found.get(entry) === found.get(shown[0]))) return;
    for (const { element } of [...shown].sort((a, b) => found.get(a) - found.get(b))) {
      const place = document.createComment('');
      element.replaceWith(place);
      main.append(element);
      moved.push({ element, place });
    }
  }

  function say(text, hidden) {
    status.textContent = text;
    if (!hidden) return;
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = labels.showAll;
    button.addEventListener('click', () => {
      byId('all').checked = true;
      update();
      box.focus();
    });
    status.append(button);
  }

  function report(text, shown, hidden, isNear) {
    if (!text && !(subject && subject.value)) return say('');
    if (shown) return say(isNear ? labels.near.replace('{n}', counted(shown)) : counted(shown) + '.');
    if (hidden) return say(labels.hidden.replace('{n}', counted(hidden)), true);
    say(labels.none.replace('{q}', () => text));
  }

  function update() {
    const text = box.value.trim();
    const searching = fold(text) !== '';
    const { found, near: isNear } = searching ? answer(text) : { found: null, near: false };
    const matches = entries.filter((entry) => (!found || found.has(entry)) && inSubject(entry));
    const shown = matches.filter((entry) => allShown() || !entry.absent);
    const visible = new Set(shown);
    for (const entry of entries) {
      if (entry.element.hidden === visible.has(entry)) entry.element.hidden = !visible.has(entry);
    }
    document.body.classList.toggle('searching', searching || Boolean(subject && subject.value));
    order(shown, found || new Map());
    report(text, shown.length, matches.length - shown.length, isNear);
  }

  function clear() {
    box.value = '';
    if (subject) subject.value = '';
    update();
  }

  /* A link to an entry that is filtered away shows it. */
  function reveal() {
    let id = location.hash.slice(1);
    try { id = decodeURIComponent(id); } catch { /* as it is */ }
    const target = id && document.getElementById(id);
    if (!target || !target.matches('.entry, .letter')) return;
    if (target.hidden) clear();
    if (target.hidden || target.classList.contains('absent')) {
      byId('all').checked = true;
      update();
    }
    target.scrollIntoView();
  }

  function copyByHand(text) {
    const area = document.createElement('textarea');
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    return done;
  }

  async function copy(button) {
    const text = button.closest('.head').querySelector('.word').textContent;
    let done = true;
    try { await navigator.clipboard.writeText(text); } catch { done = copyByHand(text); }
    const label = button.dataset.label || (button.dataset.label = button.textContent);
    button.textContent = done ? labels.copied : labels.notCopied;
    button.classList.toggle('done', done);
    say(`${button.textContent}: ${text}`);
    button.focus({ preventScroll: true });
    setTimeout(() => {
      button.textContent = label;
      button.classList.remove('done');
      if (status.textContent.endsWith(': ' + text)) update();
    }, 1600);
  }

  document.addEventListener('click', (event) => {
    const button = event.target.closest('.copy');
    if (button) copy(button);
  });

  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === '/' && !/^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName)) {
      event.preventDefault();
      box.focus();
      box.select();
    } else if (event.key === 'Escape') {
      clear();
    }
  });

  box.addEventListener('input', update);
  if (subject) subject.addEventListener('change', update);
  for (const id of ['found', 'all']) byId(id).addEventListener('change', update);
  window.addEventListener('hashchange', reveal);
  update();
  reveal();
})();
