// Put the page in motion: what is where, what each key does, and what the address names.
const articles = [...document.querySelectorAll('.report')].map((report, index) => {
  const option = $('pick').options[index];
  return {
    n: index + 1,
    report,
    box: report.querySelector('.text'),
    gutter: report.querySelector('.gutter'),
    option,
    name: option.textContent.replace(/^\d+\. /, ''),
    pieces: [],
    paragraphs: [],
  };
});
let letters = true; // whether single letters act

function tab(name) {
  document.body.dataset.tab = name;
  for (const each of $('tabs').children) each.setAttribute('aria-pressed', each.value === name);
  if (shown) placeGutter(shown);
}

function showArticles() {
  if (document.body.dataset.view === 'articles') return;
  document.body.dataset.view = 'articles';
  drawHead(shown);
  placeGutter(shown);
}

function showViews() {
  document.body.dataset.view = 'views';
  $('title').textContent = document.title = $('views').dataset.title || 'Dossier';
  $('about').replaceChildren();
  $('notice').hidden = true;
  addressIs('#');
}

// The next article in this direction; while something is filtered, the next one with a match.
function turn(by) {
  let n = shown.n + by;
  while (articles[n - 1]?.found === 0) n += by;
  open(n);
}

// Walk the cited pieces of the text, or from sentence to sentence.
function walk(by, whole) {
  const { pieces } = shown;
  const sentenceOf = (piece) => piece?.span.closest('.s');
  let to = pieces.findIndex((piece) => piece.span === document.activeElement);
  if (to < 0) to = pieces.indexOf(litPiece()) - (by > 0 && Boolean(litPiece()));
  const from = sentenceOf(pieces[to]);
  do to += by;
  while (whole && pieces[to] && sentenceOf(pieces[to]) === from);
  if (pieces[to]) focusPiece(pieces[to].span);
}

function focusPiece(node) {
  node.tabIndex = -1;
  node.focus({ preventScroll: true });
  node.scrollIntoView({ block: 'nearest' });
}

// A piece is a button while one stands on it; read on, it is text.
function onPiece({ type, target }) {
  if (!target.dataset.r) return;
  for (const [name, value] of [['role', 'button'], ['aria-haspopup', 'dialog']]) {
    if (type === 'focusin') target.setAttribute(name, value);
    else target.removeAttribute(name);
  }
}

function otherPane() {
  const inText = $('articles').contains(document.activeElement);
  tab(inText ? 'records' : 'article');
  if (inText) (at ? buttonOf(at) : $('cards').querySelector('.card:not([hidden]) .val'))?.focus();
  else if (litPiece()) focusPiece(litPiece().span);
  else shown.box.focus();
}

const pickAt = (node, focus) => pick(node.dataset.r.split(' ').map(Number), node, focus);

const IN_TEXT = {
  j: () => walk(1),
  k: () => walk(-1),
  J: () => walk(1, true),
  K: () => walk(-1, true),
  ArrowRight: () => walk(1),
  ArrowLeft: () => walk(-1),
  Enter: () => document.activeElement.dataset.r && pickAt(document.activeElement, true),
};
const IN_RECORDS = {
  j: () => step(1),
  k: () => step(-1),
  J: () => step(1, true),
  K: () => step(-1, true),
  ArrowDown: () => step(1),
  ArrowUp: () => step(-1),
};
const IN_BOTH = {
  '[': () => turn(-1),
  ']': () => turn(1),
  '/': () => $('search').focus(),
  '?': () => $('keys').showModal(),
  F6: otherPane,
};

function onKey(event) {
  const { target, key } = event;
  if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
  if (document.body.dataset.view === 'views' || document.querySelector('dialog[open]')) return;
  if (key === 'Escape' && !$('rests').matches(':popover-open')) leave(target);
  const inText = $('articles').contains(target);
  if (!inText && !$('records').contains(target) && key !== 'F6') return;
  if (key.length === 1 && !letters) return;
  const own = inText ? IN_TEXT : target.closest('#jump, #tools, #sheet') ? {} : IN_RECORDS;
  const act = own[key] || IN_BOTH[key] || review.key(key, inText);
  if (!act) return;
  event.preventDefault();
  act();
}

function leave(target) {
  if (target === $('search') && target.value) {
    target.value = '';
    filter();
  }
  closeSheet();
  light(shown, null);
  passing(shown, 'hit-on', []);
}

// In a list of buttons the arrows move and Tab leaves.
function arrows(forth, back) {
  return (event) => {
    const all = [...event.currentTarget.querySelectorAll('button')];
    const by = { [forth]: 1, [back]: -1 }[event.key];
    const to = by && all[all.indexOf(event.target) + by];
    if (!to) return;
    event.preventDefault();
    if (event.target.tabIndex === 0 && to.tabIndex < 0) {
      event.target.tabIndex = -1;
      to.tabIndex = 0;
    }
    to.focus();
  };
}

// Hovering tints what belongs together, and never moves anything.
function onHover({ target }) {
  const own = target.closest('.val');
  const { cites = [], first } = own ? valueAt(placeOf(own)) : {};
  tint(shown, cites.map((_, c) => first + c));
  for (const old of $('cards').querySelectorAll('.hov')) old.classList.remove('hov');
  const indices = target.closest('[data-r]')?.dataset.r.split(' ') || [];
  for (const index of indices) buttonOf(shown.cites[index]).classList.add('hov');
}

function onTextClick({ target }) {
  if (review.marking || !getSelection().isCollapsed) return;
  const node = target.closest('[data-r]');
  const number = target.closest('.no');
  if (node) pickAt(node, false);
  else if (number) {
    const cites = wideAt(shown, number.dataset.s - 1);
    if (cites.length) pick(cites.map((cite) => cite.index), number, false);
  }
}

// On paper each pledge and event is followed by its sentences.
function drawFootnotes() {
  for (const card of $('cards').querySelectorAll('.card.pledge, .card.event')) {
    if (!shown.same || card.querySelector('.footnotes')) continue;
    const { values } = recordAt({ r: card.dataset.at });
    const starts = values.flatMap((value) => value.cites.map((cite) => cite[0]));
    const cited = numbers(shown, starts).split(', ').map(Number).sort((a, b) => a - b);
    const lines = cited.filter(Boolean).map((number) => {
      const words = shown.text.string.slice(...shown.sentences[number - 1]);
      return make('li', { value: number, dir: 'auto' }, words);
    });
    card.append(make('ol', { class: 'footnotes' }, ...lines));
  }
}

const darkAsked = matchMedia('(prefers-color-scheme: dark)');
function otherTheme() {
  const { theme } = document.documentElement.dataset;
  const dark = theme ? theme === 'dark' : darkAsked.matches;
  return dark ? 'light' : 'dark';
}

function drawTheme() {
  $('theme').textContent = otherTheme() === 'dark' ? 'Dark' : 'Light';
}

function changeTheme() {
  document.documentElement.dataset.theme = otherTheme();
  drawTheme();
}

function listen() {
  document.addEventListener('keydown', onKey);
  on('articles', 'click', onTextClick);
  for (const type of ['focusin', 'focusout']) on('articles', type, onPiece);
  on('cards', 'click', (event) => {
    const own = event.target.closest('.val');
    if (own) lightNext(placeOf(own));
    // Followed here: in a notebook's frame the browser would take it for the notebook's own link.
    const link = event.target.closest('a.id');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    follow(link.getAttribute('href'));
  });
  for (const pane of ['articles', 'cards']) on(pane, 'mouseover', onHover);
  on('jump', 'keydown', arrows('ArrowRight', 'ArrowLeft'));
  on('rests', 'keydown', arrows('ArrowDown', 'ArrowUp'));
  let typing = 0;
  on('search', 'input', () => {
    clearTimeout(typing);
    typing = setTimeout(filterAloud, 80);
  });
  on('search', 'keydown', ({ key, shiftKey }) => key === 'Enter' && nextHit(shiftKey ? -1 : 1));
  for (const name of SELECTS) on(`f-${name}`, 'change', filterAloud);
  on('clear', 'click', clearFilters);
  on('filters-on', 'click', () => {
    $('filters-on').setAttribute('aria-expanded', $('selects').classList.toggle('on'));
  });
  on('tabs', 'click', ({ target }) => target.value && tab(target.value));
  on('pick', 'change', () => open(Number($('pick').value)));
  on('prev', 'click', () => turn(-1));
  on('next', 'click', () => turn(1));
  on('print', 'click', () => print());
  on('theme', 'click', changeTheme);
  darkAsked.addEventListener('change', drawTheme);
  on('back', 'click', showViews);
  on('help', 'click', () => $('keys').showModal());
  on('close-keys', 'click', () => $('keys').close());
  on('letters', 'change', ({ target }) => (letters = target.checked));
  on('open-text', 'click', () => {
    closeSheet();
    tab('article');
    choose(at, { card: false });
  });
  on('close-sheet', 'click', closeSheet);
  addEventListener('beforeprint', drawFootnotes);
  matchMedia('print').addEventListener('change', drawFootnotes);
  addEventListener('hashchange', () => follow(location.hash));
  new ResizeObserver(() => shown && placeGutter(shown)).observe($('articles'));
  for (const { report, n } of articles) {
    // The browser's own search opens what it finds; what it opens becomes the article on view.
    report.addEventListener('beforematch', () => setTimeout(() => open(n)));
  }
}

listen();
drawTheme();
tab('records');
if (articles.length) show(1);
if ($('dossier')) {
  // A dossier's views come first: they are why one opens it.
  drawDossier($('views'), JSON.parse($('dossier').textContent), open);
  $('back').hidden = false;
  showViews();
}
review.start();
if (location.hash.length > 1) follow(location.hash);
