// Sorts tables: a press on a heading sorts by its column, another one turns the order around.
(() => {
  'use strict';
  const order = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const value = (row, at) => row.cells[at].dataset.value;
  const compare = (at) => (a, b) => {
    const [x, y] = [value(a, at), value(b, at)];
    if (x !== undefined && y !== undefined) return Number(x) - Number(y);
    return order.compare(a.cells[at].textContent, b.cells[at].textContent);
  };
  for (const table of document.querySelectorAll('table.sortable')) {
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, at) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = head.textContent;
      head.replaceChildren(button);
      button.addEventListener('click', () => {
        const body = table.tBodies[0];
        const rows = [...body.rows];
        const isNumber = rows.length > 0 && value(rows[0], at) !== undefined;
        const now = head.getAttribute('aria-sort');
        // Numbers are mostly wanted from the largest down.
        const descending = now ? now === 'ascending' : isNumber;
        rows.sort(compare(at));
        if (descending) rows.reverse();
        heads.forEach((other) => other.removeAttribute('aria-sort'));
        head.setAttribute('aria-sort', descending ? 'descending' : 'ascending');
        body.append(...rows);
      });
    });
  }
})();
