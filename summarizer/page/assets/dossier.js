// A dossier's views: each a table first, drawn when it is first shown, some rows a task.
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
const APART = { year: 'Year open', words: 'Date in words only', none: 'No date' };
const DIFFERENCES = [
  ['fact', 'Facts that differ'],
  ['telling', 'Told in different ways'],
  ['spelling', 'Names spelled in different ways'],
];
const RELIABILITY = {
  A: 'reliable',
  B: 'usually reliable',
  C: 'fairly reliable',
  D: 'not usually reliable',
  E: 'unreliable',
  F: 'not judged',
};
const MANY = 60; // rows from which on a list is folded
const FEW = 8; // what fits a cell

function wordsOf(n, start, end) {
  const article = articles[n - 1] && load(n);
  if (!article || !article.same) return '';
  const { text } = article;
  return text.string.slice(text.toUnits(start), text.toUnits(end));
}

// `open(n, record)` puts an article on view; `words(n, start, end)` gives its words.
function drawDossier(root, data, open, words = wordsOf) {
  const docs = new Map(data.documents.map((doc) => [doc.n, doc]));
  const facts = data.conflicts.filter(({ group }) => group === 'fact');
  const later = new Map(); // what is still to be drawn, by the element that it goes into
  const rests = new WeakMap(); // what a row rests on, drawn when the row is chosen
  let chosen = null;

  // The pieces that all views are made of.
  const bdi = (text) => make('bdi', {}, text);
  const off = (...inside) => make('span', { class: 'off' }, ...inside);
  const gist = (text) => make('p', { class: 'gist', dir: 'auto' }, text);
  const small = (...inside) => make('small', {}, ...inside);
  const note = (...inside) => make('p', { class: 'note' }, ...inside);
  const flag = (text) => text && make('span', { class: 'flag' }, ` ${text}`);
  const heading = (name, number) => make('h3', {}, name, ' ', small(number));
  const day = (iso) => `${Number(iso.slice(8))} ${MONTHS[iso.slice(5, 7) - 1]} ${iso.slice(0, 4)}`;
  const count = (n, one) => `${n.toLocaleString('en')} ${one}${n === 1 ? '' : 's'}`;
  const joined = (nodes, mark = ', ') => nodes.flatMap((node, at) => (at ? [mark, node] : [node]));
  // As many as one takes in; how many more there are.
  const few = (all, drawItem, mark) => [
    ...joined(all.slice(0, FEW).map(drawItem), mark),
    all.length > FEW && small(` and ${all.length - FEW} more`),
  ];
  const kept = (nodes) => nodes.flat().filter(Boolean);
  const opener = ({ n, record }) =>
    docs.get(n).shown &&
    button(() => open(n, record), { class: 'open' }, `Open article ${n}`);
  const picker = (...inside) =>
    make('button', { type: 'button', class: 'pick', tabindex: -1 }, ...inside);

  function button(act, attributes, ...inside) {
    const node = make('button', { type: 'button', ...attributes }, ...inside);
    node.addEventListener('click', act);
    return node;
  }

  function draw(tag, attributes, ...inside) {
    const node = document.createElementNS('http://www.w3.org/2000/svg', tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    node.append(...inside);
    return node;
  }
  const picture = (kind, ...inside) => draw('svg', { class: kind, 'aria-hidden': true }, ...inside);

  const listed = (numbers) =>
    numbers.slice(0, FEW).join(', ') +
    (numbers.length > FEW ? ` and ${numbers.length - FEW} more` : '');

  // A table by the names of its columns. The roles say what narrow screens' styles would unsay.
  const kindOf = (column) => `c-${column.split(/\W/)[0].toLowerCase()}`;

  function table(name, kind, columns) {
    const heads = columns.map((column) =>
      make('th', { role: 'columnheader', scope: 'col', class: kindOf(column) }, column),
    );
    return make(
      'table',
      { role: 'table', class: kind },
      make('caption', { class: 'off' }, name),
      make('thead', { role: 'rowgroup' }, make('tr', { role: 'row' }, ...heads)),
    );
  }
  const body = (...rows) => make('tbody', { role: 'rowgroup' }, ...rows);
  const row = (cells) => make('tr', { role: 'row' }, ...kept(cells));
  const cell = (column, inside) =>
    make(
      'td',
      { role: 'cell', 'data-name': column, class: kindOf(column) },
      ...kept([inside].flat()),
    );

  // A table of *items*; `drawItem` gives a row's cells, and what the row rests on if anything.
  function list(name, kind, columns, items, drawItem) {
    const made = table(name, kind, columns);
    const drawRow = (item) => {
      const { cells, source } = drawItem(item);
      return resting(row(cells.map((inside, at) => cell(columns[at], inside))), source);
    };
    made.append(fill(body(), items, drawRow));
    return made;
  }

  function resting(node, source) {
    if (!source) return node;
    rests.set(node, source);
    node.classList.add('rests');
    return node;
  }

  // Rows come a batch at a time, the next one when the last row is near; paper wants them all.
  const near = new IntersectionObserver(
    (seen) => {
      for (const { isIntersecting, target } of seen) {
        if (!isIntersecting) continue;
        near.unobserve(target);
        drawNow(target.parentElement);
      }
    },
    { rootMargin: '50%' },
  );

  function fill(box, items, drawItem, batch = 50) {
    let at = 0;
    const more = () => {
      box.append(...items.slice(at, (at += batch)).map(drawItem));
      if (at >= items.length) return;
      later.set(box, more);
      near.observe(box.lastElementChild);
    };
    more();
    const first = box.querySelector('.pick');
    if (first) first.tabIndex = 0;
    return box;
  }

  function drawNow(box) {
    const act = later.get(box);
    later.delete(box);
    if (act) act();
  }

  function drawAll() {
    while (later.size) for (const box of [...later.keys()]) drawNow(box);
    for (const each of root.querySelectorAll('details')) each.open = true;
  }

  function fold(name, number, drawInside, bar = null) {
    const inside = make('div');
    const summary = make('summary', {}, make('b', {}, name), ' ', bar, number);
    const details = make('details', {}, summary, inside);
    later.set(inside, () => inside.append(...drawInside()));
    details.addEventListener('toggle', () => details.open && drawNow(inside));
    return details;
  }

  // What an article says: the sentence, the cited words lit, and the way to the article.
  const textOf = ({ n, quotes, passages }, index) =>
    quotes ? quotes[index] : words(n, ...passages[index].slice(1));

  function passage(told, [number, start, end], index) {
    const points = [...textOf(told, index)];
    const cut = (from, to) => points.slice(from - start, to - start).join('');
    const name = make('span', { class: 'sno' }, off('sentence '), number);
    const line = make('p', { class: 'words', dir: 'auto' }, name, ' ');
    let at = start;
    for (const [from, to] of told.cites) {
      if (to <= at || from >= end) continue;
      const [left, right] = [Math.max(at, from), Math.min(to, end)];
      line.append(cut(at, left), make('mark', {}, cut(left, right)));
      at = right;
    }
    line.append(cut(at, end));
    return line;
  }

  const paper = ({ publisher, title, id }) => publisher || title || id;

  function telling(told) {
    const doc = docs.get(told.n);
    const when = doc.published ? `, ${day(doc.published)}` : ', undated';
    return make(
      'article',
      { class: 'telling' },
      make('p', { class: 'by' }, make('b', {}, told.n), ' ', bdi(paper(doc)), when),
      told.said && note('on the word of ', bdi(told.said)),
      ...told.passages.map((each, index) => passage(told, each, index)),
      opener(told),
    );
  }

  function folded(all) {
    const rest = all.slice(FEW);
    const more = () => rest.map(telling);
    const name = `in ${count(rest.length, 'more article')}`;
    return [...all.slice(0, FEW).map(telling), rest.length && fold(name, '', more)];
  }

  // Those that go back to one origin stand together: they are one voice.
  function tellings(all) {
    const voices = new Map();
    for (const told of all) {
      const origin = told.origin || told.n;
      voices.set(origin, [...(voices.get(origin) || []), told]);
    }
    return [...voices].flatMap(([origin, those]) => [
      those.length > 1 &&
        make('p', { class: 'voice' }, `${those.length} articles, one origin: `, bdi(origin)),
      ...folded(those),
    ]);
  }

  function place({ n, passages }) {
    const numbers = passages.map(([number]) => `s${number}`).join(' ');
    return make('span', { class: 'at' }, make('b', {}, n), ` ${numbers}`);
  }
  const places = (all) => few(all, place, ' ');

  function voices(all) {
    const own = ({ n }) => docs.get(n).publisher || `article ${n}`;
    const said = new Set(all.map((told) => told.said || told.origin || own(told)));
    return few([...said], bdi);
  }

  // The row chosen, and what it rests on beside it.
  const source = make('aside', { class: 'source', 'aria-label': 'Source', tabindex: -1 });

  function choose(node, focus) {
    if (chosen) chosen.removeAttribute('aria-current');
    chosen = node;
    chosen.setAttribute('aria-current', 'true');
    const close = button(release, { class: 'close' }, 'Close');
    source.replaceChildren(close, ...kept(rests.get(node)()));
    source.scrollTop = 0;
    root.classList.add('chosen');
    if (focus) source.focus();
  }

  function release() {
    root.classList.remove('chosen');
    source.replaceChildren(note('Choose a row: the sentences that it rests on stand here.'));
    if (!chosen) return;
    chosen.removeAttribute('aria-current');
    chosen.querySelector('.pick').focus();
    chosen = null;
  }

  // Events.
  const nameOf = (who) => bdi(typeof who === 'number' ? data.actors[who].name : who);
  const together = (one, other) => [nameOf(one), ' and ', nameOf(other)];

  function titleOf({ label, who: [first, other, about] }) {
    const sides = [first, other.length ? other : about].filter((side) => side.length);
    const named = sides.map((side) => make('span', {}, ...joined(side.map(nameOf))));
    return [make('b', {}, bdi(label)), ' ', ...joined(named, ' → ')];
  }

  const whenOf = (when) =>
    when && [
      when.means && make('span', { class: 'means' }, when.means),
      make('q', { dir: 'auto' }, when.words),
    ];

  const sourceOfEvents = (title, all) => () => [
    title && make('h3', {}, ...title),
    all.slice(0, MANY).flatMap((at) => {
      const event = data.events[at];
      const when = title && event.when && note(...whenOf(event.when));
      return [make('h4', {}, ...titleOf(event)), when, ...tellings(event.tellings)];
    }),
    all.length > MANY && note(`and ${all.length - MANY} more`),
  ];

  // Where a date lies on an axis in per cent; what is open on a side has an arrow there.
  const ordinal = (iso) => Date.parse(`${iso}T00:00Z`) / 864e5;

  function axisOf([first, last]) {
    const [low, high] = [ordinal(first), ordinal(last)];
    const room = Math.max(1, (high - low) * 0.03);
    return { low, high, x: (at) => (100 * (at - low + room)) / (high - low + 2 * room) };
  }

  // At most five marks on an axis: days or, on a longer one, months or years. Where it changes,
  // what they are part of comes with them.
  function ticks({ low, high }) {
    const days = [1, 2, 7, 14].find((each) => (high - low) / each < 5);
    const spans = [1, 2, 3, 6, 12, 24, 60, 120, 240];
    const months = spans.find((each) => (high - low) / each < 122) || 600;
    const start = new Date(low * 864e5);
    const since2000 = (start.getUTCFullYear() - 2000) * 12 + start.getUTCMonth();
    const first = Math.ceil(since2000 / months) * months;
    const found = [];
    for (let n = 0; ; n += 1) {
      const at = days ? low + n * days : Date.UTC(2000, first + n * months) / 864e5;
      if (at > high) return found;
      const date = new Date(at * 864e5).toISOString();
      const [year, month] = [date.slice(0, 4), MONTHS[date.slice(5, 7) - 1]];
      const names = months < 12 ? [month, year] : [year, ''];
      if (at >= low) found.push([at, ...(days ? [Number(date.slice(8, 10)), month] : names)]);
    }
  }

  function drawAxis(axis) {
    const marks = ticks(axis).map(([at, ...names]) => [axis.x(at), ...names]);
    axis.grid = `grid-${axis.low}-${axis.high}`;
    const lines = marks.map(([x]) => draw('line', { x1: `${x}%`, x2: `${x}%`, y1: 0, y2: '100%' }));
    const name = (x, y, text) => draw('text', { x: `${x}%`, y, 'text-anchor': 'middle' }, text);
    const names = marks.flatMap(([x, own, of], at) => {
      const told = at && marks[at - 1][2] === of ? '' : of;
      return [name(x, 28, own), name(x, 12, told)];
    });
    return picture('axis', draw('g', { id: axis.grid, class: 'grid' }, ...lines), ...names);
  }

  function strip({ first, last, vague }, { grid, x }) {
    const from = first ? x(ordinal(first)) : 0;
    const to = last ? x(ordinal(last)) : 100;
    const [left, right] = [from, to].map((at) => `${Math.min(100, Math.max(0, at))}%`);
    const line = (kind) => draw('line', { class: kind, x1: left, x2: right, y1: 12, y2: 12 });
    const arrow = (at, d) =>
      draw('svg', { x: at, y: 12, overflow: 'visible' }, draw('path', { class: 'arrow', d }));
    const inside = [];
    if (to < 0 || from > 100) {
      const [at, anchor, mark] = to < 0 ? [0, 'start', '‹'] : ['100%', 'end', '›'];
      inside.push(draw('text', { x: at, y: 17, 'text-anchor': anchor }, mark));
    } else if (first === last) {
      inside.push(draw('circle', { class: vague ? 'dot vague' : 'dot', cx: left, cy: 12, r: 4.5 }));
    } else {
      inside.push(line('span'));
      if (vague) inside.push(line('hollow'));
      if (!last) inside.push(arrow('100%', 'M-1 -8L11 0L-1 8Z'));
      if (!first) inside.push(arrow(0, 'M1 -8L-11 0L1 8Z'));
    }
    return picture('strip', draw('use', { href: `#${grid}` }), ...inside);
  }

  function eventTable(name, all, days) {
    const axis = days && axisOf(days);
    const columns = ['When', 'Days', 'What', 'Who says so', 'Article, sentence'];
    const top = axis && drawAxis(axis);
    const made = list(name, axis ? 'events dated' : 'events', columns, all, (at) => {
      const event = data.events[at];
      const { when, realis, doubtful, summary, tellings: told } = event;
      const what = gist(summary || textOf(told[0], told[0].main || 0));
      return {
        cells: [
          whenOf(when),
          axis && when && strip(when, axis),
          [picker(...titleOf(event)), flag(realis), flag(doubtful && 'merge doubtful'), what],
          voices(told),
          places(told),
        ],
        source: sourceOfEvents(null, [at]),
      };
    });
    if (top) made.querySelector('th.c-days').replaceChildren(off('Days'), top);
    return made;
  }

  function drawTimeline() {
    const { dated, bands, open: apart, axis } = data.timeline;
    const most = Math.max(...bands.map(({ rows }) => rows.length));
    const parts = bands.map(({ name, rows, axis: days }) => {
      const width = `${(100 * rows.length) / most}%`;
      const bar = picture('bar', draw('rect', { width, height: '100%' }));
      return fold(name, count(rows.length, 'event'), () => [eventTable(name, rows, days)], bar);
    });
    if (!dated.length) parts.push(note('No event has a date with a year.'));
    else if (!bands.length) parts.push(eventTable('Dated events', dated, axis));
    for (const { kind, rows } of apart) {
      const [name, number] = [APART[kind], count(rows.length, 'event')];
      const drawRows = () => [eventTable(name, rows, null)];
      if (rows.length > MANY) parts.push(fold(name, number, drawRows));
      else parts.push(heading(name, number), ...drawRows());
    }
    return parts;
  }

  // Pledges.
  function amount({ low, high, estimate, unit }) {
    if (low === undefined) return '';
    const [least, most] = [low, high].map((n) => n.toLocaleString('en'));
    const told = low === high ? least : low ? `${least} to ${most}` : `up to ${most}`;
    return `${estimate && low ? 'about ' : ''}${told}${unit ? ` ${unit}` : ''}`;
  }

  function ladder(rung) {
    const rungs = [...Array(9).keys()].map((at) => {
      const size = { x: at * 8, y: 8 - at, width: 6, height: 4 + at };
      return draw('rect', { class: at <= rung ? 'on' : '', ...size });
    });
    return picture('ladder', ...rungs);
  }

  const sourceOfPledge = ({ supplier, recipient, credibility, steps, terms, differs, tellings: told }) => [
    make('h4', {}, bdi(supplier), ' → ', bdi(recipient)),
    note('credibility ', bdi(credibility)),
    steps && note('status: ', bdi(steps.join(', then '))),
    terms && note(bdi(terms.join('; '))),
    differs && note('reports differ on: ', bdi(differs.join(', '))),
    ...tellings(told),
  ];

  const LEDGER = {
    From: ({ supplier }) => supplier,
    To: ({ recipient }) => recipient,
    Status: ({ rung = 99 }) => rung,
    Number: ({ items }) => Math.max(...items.map(({ high = -1 }) => high)),
    Item: ({ items }) => items[0].words,
    Reported: ({ reported = '' }) => reported,
    'Who says so': ({ origins }) => origins.length,
    'Article, sentence': ({ tellings: told }) => told.length,
  };

  function pledgeGroup(pledge) {
    const { supplier, recipient, status, rung, items, reported, tellings: told } = pledge;
    const columns = Object.keys(LEDGER);
    const rows = items.map((item, at) => {
      const { words: named, category, within } = item;
      const only = within.length < told.length && `, only in article ${listed(within)}`;
      const goods = [amount(item), [bdi(named), ' ', small(category, only)]];
      if (at) return row(goods.map((inside, each) => cell(columns[3 + each], inside)));
      const cells = [
        picker(bdi(supplier)),
        bdi(recipient),
        [rung !== undefined && ladder(rung), status],
        ...goods,
        reported ? day(reported) : 'undated',
        pledge.origins.length ? few(pledge.origins, bdi) : voices(told),
        places(told),
      ].map((inside, each) => cell(columns[each], inside));
      for (const each of [0, 1, 2, 5, 6, 7]) cells[each].rowSpan = items.length;
      return row(cells);
    });
    return resting(body(...rows), () => sourceOfPledge(pledge));
  }

  function drawLedger() {
    const pledges = data.ledger.map((pledge) => {
      const unnamed = { words: '', category: 'nothing named', within: pledge.tellings };
      return pledge.items.length ? pledge : { ...pledge, items: [unnamed] };
    });
    if (!pledges.length) return [note('No report tells of a pledge.')];
    const made = table('Pledges', 'deals', Object.keys(LEDGER));
    const heads = [...made.tHead.rows[0].cells];
    const { compare } = new Intl.Collator('en', { numeric: true });
    const sort = (key, head) => {
      const way = head.getAttribute('aria-sort') === 'ascending' ? 'descending' : 'ascending';
      for (const each of heads) each.setAttribute('aria-sort', each === head ? way : 'none');
      const order = [...pledges].sort((one, other) => compare(key(one), key(other)));
      later.delete(made);
      made.replaceChildren(made.caption, made.tHead);
      fill(made, way === 'ascending' ? order : order.reverse(), pledgeGroup);
    };
    Object.entries(LEDGER).forEach(([name, key], at) => {
      heads[at].setAttribute('aria-sort', 'none');
      heads[at].replaceChildren(button(() => sort(key, heads[at]), {}, name));
    });
    fill(made, pledges, pledgeGroup);
    return [...drawTotals(), heading('Pledges', data.ledger.length), made];
  }

  function drawTotals() {
    const alike = 'alike in sides, status, category and unit';
    if (!data.totals.length) return [note(`No totals: no two pledges with numbers are ${alike}.`)];
    const columns = ['Total', 'Of what', 'From', 'To', 'Status', 'Rests on'];
    const made = list('Totals', 'totals', columns, data.totals, (total) => {
      const { category, items, supplier, recipient, status, pledges, origins } = total;
      const more = total.uncounted && `; ${total.uncounted} more without a number`;
      const one = total.linked && '; some may be one pledge, so the least counts them once';
      return {
        cells: [
          picker(amount(total)),
          [category, ' ', small(bdi(items.join(', ')))],
          bdi(supplier),
          bdi(recipient),
          status,
          [`${count(pledges.length, 'pledge')}, ${count(origins, 'origin')}`, small(more, one)],
        ],
        source: () => pledges.flatMap((at) => sourceOfPledge(data.ledger[at])),
      };
    });
    return [heading('Totals', `only of pledges ${alike}`), made];
  }

  // Who with whom.
  function matrix() {
    const { matrix: order, cells } = data.who;
    const found = new Map(cells.map(([one, other, all]) => [`${one} ${other}`, all]));
    const homes = order.map((actor) => data.actors[actor].country || 'no country');
    const starts = (at) => (homes[at] === homes[at - 1] ? '' : 'start');
    const made = make('table', { role: 'table', class: 'matrix' });
    made.append(make('caption', { class: 'off' }, 'Events that join two actors'));
    const heads = order.map((actor, x) => {
      const head = { role: 'columnheader', scope: 'col', class: starts(x) };
      return make('th', head, make('span', {}, nameOf(actor)));
    });
    made.append(make('thead', { role: 'rowgroup' }, row([cell('', ''), cell('', ''), heads])));
    const lines = order.map((actor, y) => {
      const rowspan = homes.filter((home) => home === homes[y]).length;
      const home = { role: 'rowheader', scope: 'rowgroup', rowspan, class: 'home' };
      const own = order.map((other, x) => {
        const all = found.get(x < y ? `${x} ${y}` : `${y} ${x}`);
        const node = cell('', '');
        node.className = [starts(x), x === y && 'self'].filter(Boolean).join(' ');
        if (!all) return node;
        const stop = picker(off(...together(actor, other), ': '), all.length);
        Object.assign(stop.dataset, { x, y });
        node.append(stop);
        node.classList.add(`n${Math.min(4, Math.ceil(Math.log2(all.length + 1)))}`);
        const title = [...together(actor, other), `: ${count(all.length, 'event')}`];
        return resting(node, sourceOfEvents(title, all));
      });
      const line = row([
        starts(y) && make('th', home, bdi(homes[y])),
        make('th', { role: 'rowheader', scope: 'row' }, nameOf(actor)),
        own,
      ]);
      line.className = starts(y);
      return line;
    });
    made.append(fill(body(), lines, (line) => line));
    const region = { class: 'scroll', role: 'region', 'aria-label': 'Matrix', tabindex: 0 };
    return make('div', region, made);
  }

  function drawActor(actor) {
    const { acts, beside, undergoes } = data.actors[actor];
    const sides = [
      ['Acts on', acts],
      ['Together with', beside],
      ['Is acted on by', undergoes],
    ];
    return sides.map(([name, all = []]) => {
      const made = list(name, 'side', [name, 'Events'], all.slice(0, 12), ([other, events]) => {
        const kinds = new Set(events.map((at) => data.events[at].label));
        return {
          cells: [[picker(nameOf(other)), ' ', small(bdi([...kinds].join(', ')))], events.length],
          source: sourceOfEvents(together(actor, other), events),
        };
      });
      const more = all.length - 12;
      if (!all.length) return make('div', {}, made, note('nobody'));
      return make('div', {}, made, more > 0 && note(`and ${more} more`));
    });
  }

  function drawWho() {
    if (!data.who.cells.length) return [note('No event joins two actors.')];
    const joint = data.actors
      .map((actor, at) => ({ ...actor, at }))
      .filter(({ acts, beside, undergoes }) => acts || beside || undergoes)
      .sort((one, other) => other.cited - one.cited);
    const columns = make('div', { class: 'columns' });
    const options = joint.map(({ name, country, at }) =>
      make('option', { value: at }, country ? `${name} (${country})` : name),
    );
    const select = make('select', {}, ...options);
    const show = () => columns.replaceChildren(...drawActor(Number(select.value)));
    select.addEventListener('change', show);
    show();
    const label = make('label', {}, 'Actor ', select);
    return [matrix(), heading('One actor'), label, columns];
  }

  // Conflicts.
  function column({ tellings: [first, ...others] }) {
    const also = `also in article ${listed(others.map(({ n }) => n))}`;
    return [telling(first), others.length && fold('', also, () => others.map(telling))];
  }

  function drawConflict({ record, title, field, settled, sides }) {
    const columns = sides.flatMap((side) => side.columns.map((own, at) => ({ side, own, at })));
    const named = ({ side, own }) => side.value || paper(docs.get(own.tellings[0].n));
    const told = (each) =>
      make('td', { role: 'cell', 'data-name': named(each) }, ...kept(column(each.own)));
    const value = (each, attributes) =>
      make(
        'th',
        attributes,
        bdi(named(each)),
        flag(each.side.preferred && 'by rule'),
        flag(each.side.minority && 'most origins differ'),
      );
    const stacked = columns.length > 3;
    const made = make('table', { role: 'table', class: stacked ? 'stacked' : 'sides' });
    made.append(make('caption', { class: 'off' }, field));
    if (stacked) {
      const head = { role: 'rowheader', scope: 'row' };
      made.append(body(...columns.map((each) => row([value(each, head), told(each)]))));
    } else {
      const heads = columns.filter(({ at }) => !at).map((each) =>
        value(each, { role: 'columnheader', scope: 'col', colspan: each.side.columns.length }),
      );
      made.append(make('thead', { role: 'rowgroup' }, row(heads)));
      made.append(body(row(columns.map(told))));
    }
    const origins = new Set(columns.map(({ own }) => own.origin));
    const one = columns.length > 1 && origins.size === 1 && [...origins][0];
    return make(
      'section',
      { class: `conflict ${record}` },
      make('p', { class: 'what' }, bdi(field)),
      make('h4', {}, bdi(title)),
      settled && note('by rule: ', bdi(settled)),
      one && note('all go back to one origin: ', bdi(one)),
      made,
    );
  }

  function drawConflicts() {
    const parts = DIFFERENCES.flatMap(([kind, name]) => {
      const all = data.conflicts.filter(({ group }) => group === kind);
      const drawRows = () => [fill(make('div'), all, drawConflict, 10)];
      if (!all.length) return kind === 'fact' ? [note('The reports differ on no fact.')] : [];
      if (kind === 'spelling') return [fold(name, String(all.length), drawRows)];
      return [heading(name, all.length), ...drawRows()];
    });
    if (!data.doubts.length) return parts;
    const side = (each) => [gist(each.name), each.n && opener(each)];
    const columns = ['Kind', 'One', 'Other', 'Why it is open'];
    const made = list('One record or two?', 'doubts', columns, data.doubts, (pair) => ({
      cells: [pair.kind, side(pair.left), side(pair.right), bdi(pair.reason)],
    }));
    return [...parts, heading('One record or two?', data.doubts.length), made];
  }

  // Articles.
  function drawArticles() {
    const columns = ['No.', 'Article', 'Published', 'Reliability', 'Events', 'Pledges', 'Differ'];
    const made = list('Articles', 'articles', [...columns, 'Same origin'], data.documents, (doc) => {
      const title = bdi(doc.title || doc.id);
      const origins = data.shared.filter(({ articles: all }) => all.includes(doc.n));
      const repeats = origins.slice(0, 3).map(({ origin, articles: all, records }) => {
        const others = listed(all.filter((n) => n !== doc.n));
        return make('p', {}, bdi(origin), small(` with ${others} in ${count(records, 'record')}`));
      });
      return {
        cells: [
          make('b', {}, doc.n),
          [
            doc.shown ? button(() => open(doc.n), { class: 'pick', tabindex: -1 }, title) : title,
            doc.publisher && note(bdi(doc.publisher)),
          ],
          [doc.published ? day(doc.published) : 'undated', doc.basis && note(doc.basis)],
          [doc.reliability, ' ', small(RELIABILITY[doc.reliability])],
          String(doc.events),
          String(doc.pledges),
          String(doc.conflicts),
          repeats,
        ],
      };
    });
    const parts = [made];
    if (data.since) {
      const name = 'New since the earlier dossier';
      const news = list(name, 'news', ['Change', 'Record', 'What'], data.since, (each) => ({
        cells: [each.change, [each.kind, ' ', bdi(each.name)], bdi(each.detail)],
      }));
      parts.push(heading(name, data.since.length), news);
    }
    if (!data.warnings.length) return parts;
    const warnings = data.warnings.map((each) => make('li', { dir: 'auto' }, each));
    return [...parts, heading('Warnings'), make('ul', {}, ...warnings)];
  }

  // The frame: what there is, which view is shown, and the source beside it.
  const VIEWS = [
    ['conflicts', 'Conflicts', drawConflicts, facts.length],
    ['timeline', 'Timeline', drawTimeline, data.events.length],
    ['ledger', 'Ledger', drawLedger, data.ledger.length],
    ['who', 'Who with whom', drawWho],
    ['articles', 'Articles', drawArticles, data.documents.length],
  ];
  const tabs = make('div', { class: 'tabs', role: 'tablist', 'aria-label': 'Views' });
  const select = make('select');
  const main = make('div', { class: 'views' });

  function show(name) {
    for (const panel of main.children) panel.hidden = panel.id !== `view-${name}`;
    for (const each of tabs.children) {
      each.setAttribute('aria-selected', each.value === name);
      each.tabIndex = each.value === name ? 0 : -1;
    }
    select.value = name;
    root.dataset.view = name;
    if (chosen && !chosen.offsetParent) release();
    drawNow($(`view-${name}`));
  }

  function onTabKey(event) {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const to = by && tabs.children[select.selectedIndex + by];
    if (!to) return;
    event.preventDefault();
    show(to.value);
    to.focus();
  }

  // Arrows, j and k move among the rows; in the matrix all four arrows do.
  const STEPS = {
    j: [0, 1],
    k: [0, -1],
    ArrowDown: [0, 1],
    ArrowUp: [0, -1],
    ArrowRight: [1, 0],
    ArrowLeft: [-1, 0],
  };

  function onKey(event) {
    const { target, key } = event;
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (key === 'Escape' && chosen) return release();
    const step = STEPS[key];
    if (!step || !target.classList.contains('pick') || (key.length === 1 && !letters)) return;
    const [dx, dy] = step;
    const { x, y } = target.dataset;
    const all = [...target.closest('.view').querySelectorAll('.pick')];
    const stops = all.filter((each) => each.offsetParent);
    const here = stops.indexOf(target);
    const ahead = stops.filter(({ dataset }, at) => {
      if (x === undefined) return (at - here) * dy > 0;
      if (dx) return dataset.y === y && (dataset.x - x) * dx > 0;
      return dataset.x === x && (dataset.y - y) * dy > 0;
    });
    const to = ahead.at(dx + dy > 0 ? 0 : -1);
    if (!to) return;
    event.preventDefault();
    to.focus();
  }

  function onClick({ target, detail }) {
    if (detail && !getSelection().isCollapsed) return;
    for (let node = target; node !== main; node = node.parentElement) {
      if (rests.has(node)) return choose(node, !detail);
    }
  }

  // A table is one stop for Tab: the row that was last in focus.
  function onFocus({ target }) {
    if (!target.classList.contains('pick')) return;
    const stops = target.closest('table').querySelectorAll('.pick[tabindex="0"]');
    for (const other of stops) other.tabIndex = -1;
    target.tabIndex = 0;
  }

  for (const [name, title, drawView, number] of VIEWS) {
    const named = { id: `view-${name}`, class: `view ${name}`, 'aria-labelledby': `tab-${name}` };
    const panel = make('section', { role: 'tabpanel', ...named }, make('h2', {}, title));
    later.set(panel, () => panel.append(...drawView()));
    main.append(panel);
    const tab = { role: 'tab', id: `tab-${name}`, 'aria-controls': panel.id, value: name };
    const told = number === undefined ? '' : String(number);
    tabs.append(button(() => show(name), tab, title, ' ', small(told)));
    select.append(make('option', { value: name }, title));
  }
  select.addEventListener('change', () => show(select.value));
  tabs.addEventListener('keydown', onTabKey);
  root.addEventListener('keydown', onKey);
  main.addEventListener('focusin', onFocus);
  main.addEventListener('click', onClick);
  addEventListener('beforeprint', drawAll);

  const numbers = [
    count(data.documents.length, 'article'),
    count(data.events.length, 'event'),
    count(data.ledger.length, 'pledge'),
    count(facts.length, 'fact').concat(' in conflict'),
  ];
  root.dataset.title = `Dossier of ${numbers[0]}`;
  root.classList.add('dossier');
  root.append(
    make('p', { class: 'facts' }, numbers.join(' · ')),
    tabs,
    make('label', { class: 'pick-view' }, 'View ', select),
    make('div', { class: 'beside' }, main, source),
  );
  release();
  show('conflicts');
  return { show };
}
