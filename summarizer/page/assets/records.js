// The records: cards with their values, which of them is chosen, and the ways between the panes.
const GROUPS = [
  ['summary', 'Summary'],
  ['pledge', 'Pledges'],
  ['event', 'Events'],
  ['actor', 'Actors'],
];
const FIELDS = {
  label: 'what',
  date: 'when',
  place: 'where',
  participants: 'who',
  realis: 'reality',
  attribution: 'source',
  status_words: 'in words',
  labels: 'called',
};
const MATCHES = { typography: 'typography', case: 'case', folded: 'accents' };
let shown = null; // the article on view
let at = null; // the value chosen in it: {r, v, c}

// What the review adds, where there is one.
const review = {
  marking: false,
  start() {},
  key: () => undefined,
  prepare() {},
  stateOf: () => [],
  decided: () => false,
  tools: () => [],
};

const named = (field) => FIELDS[field] || field.replaceAll('_', ' ');
const wide = matchMedia('(min-width: 64rem) and (min-height: 30rem)');
const recordAt = ({ r }) => shown.data.records[r];
const valueAt = ({ r, v }) => shown.data.records[r].values[v];
const buttonOf = ({ r, v }) => $(`v-${r}-${v}`);
const cardOf = (r) => $('cards').querySelector(`[data-at="${r}"]`);
const hashOf = (n, id) => (articles.length > 1 ? `#${n}.${id}` : `#${id}`);

function placeOf(node) {
  const [r, v] = node.dataset.v.split('-').map(Number);
  return { r, v, c: 0 };
}

// Put the n-th article on view; the others leave nothing but their plain text behind.
function show(n) {
  const article = load(n);
  if (shown === article) return;
  const before = document.activeElement;
  const inText = $('articles').contains(before);
  const inCards = $('cards').contains(before);
  if (shown) {
    shown.report.setAttribute('hidden', 'until-found');
    for (const { node } of shown.paragraphs) node.replaceChildren(node.textContent);
    shown.gutter.replaceChildren();
    Object.assign(shown, { pieces: [], paragraphs: [], numbers: null });
  }
  shown = article;
  article.report.removeAttribute('hidden');
  drawHead(article);
  drawArticle(article);
  for (const pane of [$('articles'), $('cards')]) pane.scrollTop = 0;
  if (inText) article.box.focus({ preventScroll: true });
  if (inCards) $('cards').querySelector('.card:not([hidden]) .val')?.focus();
}

function drawArticle(article) {
  at = null;
  $('tools').hidden = true;
  closeSheet();
  review.prepare(article);
  cutText(article);
  drawRecords(article);
  filter();
}

function drawHead({ n, data: { doc }, whole, same }) {
  $('title').textContent = document.title = doc.title || doc.id;
  const size = `${doc.characters.toLocaleString('en')} characters`;
  const told = [doc.publisher, published(doc), size].filter(Boolean).map(bdi);
  if (/^https?:\/\//i.test(doc.url || '')) {
    told.push(make('a', { href: doc.url, rel: 'noreferrer noopener' }, 'Read at the source'));
  }
  $('about').replaceChildren(...told);
  $('pick').value = n;
  $('prev').disabled = n === 1;
  $('next').disabled = n === articles.length;
  $('notice').hidden = same;
  $('notice').textContent = whole
    ? 'The text on this page is not the one the brief was made of, so nothing is marked.'
    : 'The report’s text is not at hand: each value comes with its quotes instead.';
}

function published({ published: day, published_basis: basis }) {
  if (!day) return 'publication date unknown';
  const date = new Date(`${day}T00:00Z`);
  const form = { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' };
  return `${Number.isNaN(+date) ? day : date.toLocaleDateString('en-GB', form)} (${basis})`;
}

function drawRecords(article) {
  const { records, rejections, warnings, doc } = article.data;
  const parts = GROUPS.map(([kind, name]) => {
    const cards = [];
    records.forEach((record, r) => record.kind === kind && cards.push(drawCard(article, r)));
    return cards.length && group(kind, name, make(kind === 'summary' ? 'ol' : 'div', {}, ...cards));
  });
  if (rejections.length) {
    parts.push(group('out', 'Not in the brief', make('ul', {}, ...rejections.map(drawRejection))));
  }
  if (warnings.length) {
    const lines = warnings.map((line) => make('li', { dir: 'auto' }, line));
    parts.push(group('notes', 'Notes', make('ul', {}, ...lines)));
  }
  parts.push(group('origin', 'About', drawOrigin(doc)));
  $('cards').replaceChildren(...parts.filter(Boolean));
  rove($('cards').querySelector('.val'));
}

function group(id, name, body) {
  // A kind's name is marked as its words are in the text: a legend that takes no room.
  const marked = id === 'summary' ? span('bar', name) : inLanes(name, [id]);
  const heading = make('h2', { id: `h-${id}` }, marked, ' ', span('count'));
  return make(
    'section',
    { class: `group ${id}`, id: `g-${id}`, 'aria-labelledby': `h-${id}` },
    heading,
    body,
  );
}

const drawRejection = ({ kind, field, value, reason, detail }) =>
  make(
    'li',
    {},
    span('what', `${kind}, ${named(field)}`),
    ' ',
    value && make('s', { dir: 'auto' }, value),
    make('p', { class: 'reason', dir: 'auto' }, `${reason.replaceAll('_', ' ')}: ${detail}`),
  );

function drawOrigin(doc) {
  const rows = [
    ['report', doc.id],
    ['published', published(doc)],
    ['address', doc.url],
    ['model', `${doc.model} (${doc.engine})`],
    ['text', `SHA-256 ${doc.sha256}`],
  ];
  const told = rows.filter((row) => row[1]);
  return make('dl', {}, ...told.map(([name, value]) => drawRow(make('dt', {}, name), value)));
}

const drawRow = (name, ...told) =>
  make('div', { class: 'row' }, name, make('dd', { dir: 'auto' }, ...told));

function drawCard(article, r) {
  const record = article.data.records[r];
  const { kind, id, label, title, codes, values } = record;
  // No id: a browser takes the focus off whatever else has it to go to what the address names.
  const own = { class: `card ${kind}`, 'data-at': r };
  const link = make('a', { class: 'id', href: hashOf(article.n, id), tabindex: -1 }, id);
  const state = make('p', { class: 'state' }, ...stateOf(article, r));
  if (kind === 'summary') return make('li', own, ...drawValue(article, r, 0), link, state);
  const rows = values.map((value, v) => {
    const again = v > 0 && values[v - 1].field === value.field;
    const name = make('dt', { id: `f-${r}-${v}`, class: again && 'again' }, named(value.field));
    return drawRow(name, ...drawValue(article, r, v));
  });
  return make(
    'article',
    { ...own, 'aria-labelledby': `t-${r}` },
    make('h3', { id: `t-${r}` }, span('what', label), ' ', bdi(title), link),
    state,
    make('dl', {}, ...rows),
    codes.length && make('p', { class: 'codes', dir: 'auto' }, `By rule: ${codes.join(' · ')}`),
  );
}

// What a reader must know of the whole record, in words.
function stateOf(article, r) {
  const { support, by, says, changes = [], review: done } = article.data.records[r];
  const much = support === 'partial' ? 'partly' : 'not';
  return [
    support && span('partial', `◐ ${much} borne out ${by || 'by its words'}: ${says}`),
    ...changes.map((line) => span('lowered', `↓ ${line}`)),
    done && span('reviewed', `✓ reviewed: ${done.action}ed by ${done.reviewer}, ${done.at}`),
    ...review.stateOf(article, r, null),
  ];
}

function drawValue(article, r, v) {
  const { kind, values } = article.data.records[r];
  const { field, words, note, filled, why, cites, quotes = [], sentences } = values[v];
  const id = `${r}-${v}`;
  const classes = ['val', CODES.has(field) && 'code', filled && 'byrule'].filter(Boolean);
  const own = {
    type: 'button',
    class: classes.join(' '),
    id: `v-${id}`,
    tabindex: -1,
    dir: 'auto',
    'data-v': id,
    'aria-describedby': `${kind === 'summary' ? '' : `f-${id} `}n-${id} w-${id}`,
  };
  const where = numbers(article, sentences || cites.map((cite) => cite[0]), sentences);
  const found = [...new Set(cites.map((cite) => MATCHES[cite[2]]).filter(Boolean))];
  const states = make(
    'span',
    { class: 'states', id: `w-${id}` },
    filled && span('filled', 'by rule'),
    found.length && span('note', `found but for ${found.join(', ')}`),
    why && span('lowered', `↓ ${why}`),
    ...review.stateOf(article, r, v),
  );
  const told = make(
    'span',
    { class: 'note', id: `n-${id}` },
    note && bdi(`${note} `),
    where && make('span', { class: 'at' }, span('off', 'sentence '), where),
  );
  const cited = quotes.map((quote) => make('q', { class: 'quote', dir: 'auto' }, quote));
  return [make('button', own, words), ' ', told, states, ...cited];
}

// The numbers of the sentences that offsets lie in, or that are known already.
function numbers({ data }, starts, known) {
  const of = (start) => data.sentences.findIndex((each) => each[0] <= start && start < each[1]) + 1;
  return [...new Set(known || starts.map(of).filter(Boolean))].join(', ');
}

// One tab stop for all records: the value chosen, or the first one there is.
function rove(to) {
  for (const other of $('cards').querySelectorAll('.val[tabindex="0"]')) other.tabIndex = -1;
  if (to) to.tabIndex = 0;
}

// Choose a value: light its words, bring them to the middle, and let the address name its record.
function choose(place, { focus, speak, card = true, words = true } = {}) {
  at = { r: place.r, v: place.v, c: place.c };
  const { cites, first } = valueAt(at);
  const own = buttonOf(at);
  for (const old of $('cards').querySelectorAll('.on')) old.classList.remove('on');
  own.classList.add('on');
  own.closest('.card').classList.add('on');
  rove(own);
  if (focus) own.focus({ preventScroll: true });
  const all = cites.map((_, c) => first + c);
  const node = light(shown, first + at.c, all.filter((_, c) => c !== at.c));
  if (node && words) reveal(node);
  drawTools();
  if (speak) {
    say(describe(at));
    drawSheet();
  }
  if (card) for (const each of [own.closest('.card'), own]) each.scrollIntoView({ block: 'nearest' });
  addressIs(hashOf(shown.n, recordAt(at).id));
}

function reveal(node) {
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  node.scrollIntoView({ block: 'center', behavior: still ? 'instant' : 'smooth' });
}

function addressIs(hash) {
  try {
    history.replaceState(history.state, '', hash);
  } catch {
    // A page inside a notebook has no address of its own.
  }
}

function describe(place) {
  const { kind, id } = recordAt(place);
  const { field, words, cites } = valueAt(place);
  const where = numbers(shown, [cites[place.c][0]]);
  const told = words.length > 90 ? `${words.slice(0, 89)}…` : words;
  return [
    `${kind[0].toUpperCase()}${kind.slice(1)} ${id.slice(1)}, ${named(field)}: ${told}`,
    where && `sentence ${where}`,
    cites.length > 1 && `${place.c + 1} of ${cites.length}`,
  ]
    .filter(Boolean)
    .join(', ');
}

// Light the value chosen; if it is lit already, the words of its next citation.
function lightNext(place) {
  const again = at && place.r === at.r && place.v === at.v && litPiece();
  const c = again ? (at.c + 1) % valueAt(at).cites.length : 0;
  choose({ ...place, c }, { speak: true });
}

// Clicking words: the value of the smallest citation is chosen, and all are listed.
function pick(indices, node, focus) {
  const resting = restingOn(shown, indices);
  choose(resting[0], { speak: true });
  if (resting.length > 1 || focus) drawList(resting, node, focus);
  else closeList();
}

function drawList(resting, node, focus) {
  const rows = resting.map((place) => {
    const { id, title, label, kind } = recordAt(place);
    const { field, words } = valueAt(place);
    const go = () => {
      closeList();
      tab('records');
      choose(place, { focus: true, speak: true });
    };
    const about = kind !== 'summary' && span('note', [label, title].join(': '));
    const told = [span('id', id), ' ', span('what', named(field)), ' ', bdi(words), ' ', about];
    return make('li', {}, button(go, { class: `rest ${kind}` }, ...told));
  });
  const count = resting.length > 1 ? `${resting.length} values rest` : '1 value rests';
  const list = $('rests');
  list.replaceChildren(make('h2', {}, `${count} on these words`), make('ul', {}, ...rows));
  list.showPopover();
  const box = node.getClientRects()[0];
  const fits = box.bottom + 8 + list.offsetHeight < innerHeight;
  list.style.top = `${Math.max(8, fits ? box.bottom + 8 : box.top - list.offsetHeight - 8)}px`;
  list.style.left = `${Math.max(8, Math.min(box.left, innerWidth - list.offsetWidth - 8))}px`;
  if (focus) list.querySelector('button').focus();
}

const closeList = () => $('rests').hidePopover();

// On a narrow screen the sentence comes from below, and with it the way to the whole text.
function drawSheet() {
  if (wide.matches || !shown.same || document.body.dataset.tab !== 'records') return;
  const cite = shown.cites[valueAt(at).first + at.c];
  const { string } = shown.text;
  const around = shown.sentences.filter(([from, to]) => from < cite.to && cite.from < to);
  const from = Math.min(cite.from, ...around.map((each) => each[0]));
  const to = Math.max(cite.to, ...around.map((each) => each[1]));
  const lit = make('mark', {}, string.slice(cite.from, cite.to));
  $('sentence').replaceChildren(string.slice(from, cite.from), lit, string.slice(cite.to, to));
  $('sheet').hidden = false;
}

function closeSheet() {
  $('sheet').hidden = true;
}

// What can be done with the value chosen; the review adds to it.
function drawTools() {
  const { id } = recordAt(at);
  const name = span('note', `${id}, ${named(valueAt(at).field)}`);
  const tools = $('tools');
  const before = [...tools.children].indexOf(document.activeElement);
  tools.replaceChildren(name, ...review.tools(), button(copyLink, {}, 'Copy link'));
  tools.hidden = false;
  if (before > 0) tools.children[before]?.focus();
}

async function copyLink() {
  const hash = `#r-${recordAt(at).fp}`;
  addressIs(hash);
  try {
    await navigator.clipboard.writeText(location.href.split('#')[0] + hash);
    say('Link copied.');
  } catch {
    say('The link is in the address bar.');
  }
}

// Go to what a link names: an article, a record in it, or a record by its fingerprint.
function follow(hash) {
  const name = hash.slice(1);
  if (name === 'records' || name === 'articles') tab(name.replace('les', 'le')); // a skip link
  const [, n, id] = /^(?:[dt]?(\d+)(?:\.|$))?([a-z]\d+)?$/.exec(name) || [];
  if (n || id) return open(Number(n || shown.n), id);
  const [, print] = /^r-([0-9a-f]+)$/.exec(name) || [];
  if (!print) return false;
  for (const article of articles) {
    if (!$(`d${article.n}`).textContent.includes(`"${print}"`)) continue;
    const found = load(article.n).data.records.find((each) => each.fp === print);
    if (found) return open(article.n, found.id);
  }
  say('The record that the link names is not on this page.');
  return false;
}

// Put the n-th article on view, at a record if one is named.
function open(n, id) {
  if (!articles[n - 1]) return false;
  showArticles();
  show(n);
  const r = shown.data.records.findIndex((each) => each.id === id);
  if (r >= 0) {
    unfilter(r);
    choose({ r, v: 0, c: 0 }, { speak: true, focus: true });
    cardOf(r).scrollIntoView({ block: 'start' });
  }
  return true;
}

// Move by values or by whole records among those that the filters leave.
function step(by, whole) {
  const all = [...$('cards').querySelectorAll('.card:not([hidden])')];
  const values = whole
    ? all.map((card) => card.querySelector('.val'))
    : all.flatMap((card) => [...card.querySelectorAll('.val')]);
  const own = at && buttonOf(at);
  const from = whole && own ? own.closest('.card').querySelector('.val') : own;
  const to = values[own ? values.indexOf(from) + by : 0];
  if (to) choose(placeOf(to), { focus: true });
}

function say(words) {
  $('says').textContent = words;
}
