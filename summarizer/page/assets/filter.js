// Search and filters: which records stay on view, and how many match in the other articles.
const HITS = 1000; // more marks than that help nobody to find anything
const SLICE = 8; // milliseconds of work between two pauses
const SELECTS = ['kind', 'state', 'country', 'speaker'];
const STATES = {
  supported: ({ kind, support }) => CLAIMS.has(kind) && !support,
  partial: ({ support }) => support,
  filled: ({ values }) => values.some((value) => value.filled),
  lowered: ({ changes, values }) => changes || values.some((value) => value.why),
  reviewed: (record, article) => record.review || review.decided(article, record),
  undecided: (record, article) => !STATES.reviewed(record, article),
};

function wanted() {
  const want = { words: fold($('search').value.trim()) };
  for (const name of SELECTS) want[name] = $(`f-${name}`).value;
  return want;
}

function passes(article, record, want) {
  if (want.kind && record.kind !== want.kind) return false;
  if (want.state && !STATES[want.state](record, article)) return false;
  if (want.country && !record.countries.includes(want.country)) return false;
  if (want.speaker && !speaks(record, want.speaker)) return false;
  return !want.words || foldedOf(record).includes(want.words);
}

// Every claim has a speaker, or null where the report itself says so.
const speaks = ({ speaker }, name) => (name === '-' ? speaker === null : speaker === name.slice(1));

function foldedOf(record) {
  const { title, label, speaker, values } = record;
  const told = values.map(({ words, note }) => `${words} ${note || ''}`);
  return (record.folded ??= fold([title, label, speaker, ...told].join(' ')));
}

function filter() {
  const want = wanted();
  const active = Object.values(want).filter(Boolean).length;
  const { records, rejections } = shown.data;
  const stays = records.map((record) => passes(shown, record, want));
  for (const card of $('cards').querySelectorAll('.card')) card.hidden = !stays[card.dataset.at];
  const narrowed = want.state || want.country || want.speaker || !['', 'out'].includes(want.kind);
  $('cards').querySelectorAll('.out li').forEach((item, i) => {
    const { kind, field, value, detail } = rejections[i];
    item.hidden = narrowed || !fold(`${kind} ${field} ${value} ${detail}`).includes(want.words);
  });
  drawJump(active);
  const count = stays.filter(Boolean).length;
  const { length } = records;
  $('shown').textContent = active ? `${count} of ${length} shown` : `${length} records`;
  $('clear').hidden = !active;
  const selected = active - Boolean(want.words);
  $('filters-on').textContent = selected ? `Filters, ${selected} on` : 'Filters';
  drawHits(want.words);
  countOthers(want, active);
}

function filterAloud() {
  filter();
  say([$('shown').textContent, $('hits').textContent].filter(Boolean).join(', '));
}

function drawJump(active) {
  const buttons = [];
  for (const section of $('cards').children) {
    const items = [...section.querySelectorAll('.card, .out li')];
    const left = items.filter((item) => !item.hidden).length;
    section.hidden = items.length ? !left : active; // notes are read, not filtered
    if (section.hidden) continue;
    const heading = section.firstChild;
    const count = left < items.length ? `${left} of ${items.length}` : left || '';
    heading.lastChild.textContent = count;
    const go = () => section.scrollIntoView({ block: 'start' });
    const copy = [...heading.cloneNode(true).childNodes];
    buttons.push(button(go, { tabindex: buttons.length ? -1 : 0 }, ...copy));
  }
  $('jump').replaceChildren(...buttons);
}

// Hits of the search in the text: places in units, and a mark at each.
function drawHits(sought) {
  const places = [];
  if (sought && shown.same) {
    const { folded, from } = (shown.foldedAt ??= foldWithPlaces(shown.text.string));
    let found = folded.indexOf(sought);
    while (found >= 0 && places.length < HITS) {
      places.push({ from: from[found], to: from[found + sought.length] });
      found = folded.indexOf(sought, found + sought.length);
    }
  }
  Object.assign(shown, { hits: places, hit: -1 });
  passing(shown, 'hit', places);
  passing(shown, 'hit-on', []);
  const many = places.length < HITS ? places.length : `${HITS} or more`;
  $('hits').textContent = sought && `${many} in the text`;
}

function foldWithPlaces(string) {
  const parts = [];
  const from = [];
  let unit = 0;
  for (const character of string) {
    const own = fold(character);
    for (let i = 0; i < own.length; i += 1) from.push(unit);
    parts.push(own);
    unit += character.length;
  }
  from.push(unit);
  return { folded: parts.join(''), from };
}

function nextHit(by) {
  const { hits } = shown;
  if (!hits.length) return;
  shown.hit = (shown.hit + by + hits.length) % hits.length;
  const place = hits[shown.hit];
  passing(shown, 'hit-on', [place]);
  tab('article');
  reveal(rangesOf(shown, [place])[0].startContainer.parentElement);
  say(`Hit ${shown.hit + 1} of ${hits.length}`);
}

// How many match in the other articles: read and counted in slices, so that typing never waits.
let counting = 0;

async function countOthers(want, active) {
  const own = (counting += 1);
  if (articles.length < 2) return;
  const alone = active && want.words && !SELECTS.some((name) => want[name]);
  let began = performance.now();
  for (const article of articles) {
    article.found = null;
    if (!active) continue;
    if (performance.now() - began > SLICE) {
      await new Promise((resolve) => setTimeout(resolve));
      if (own !== counting) return;
      began = performance.now();
    }
    const { data, text } = load(article.n);
    article.found = data.records.filter((record) => passes(article, record, want)).length;
    if (!article.found && alone) {
      article.folded ??= fold(text.string);
      if (article.folded.includes(want.words)) article.found = 'text';
    }
  }
  for (const { n, found, option, name } of articles) {
    const label = `${n}. ${found ? `(${found}) ` : ''}${name}`;
    if (option.textContent !== label) option.textContent = label;
    option.disabled = found === 0 && n !== shown.n;
  }
  const hits = articles.filter((article) => article.found).length;
  if (active) $('shown').textContent += `, in ${hits} of ${articles.length} articles`;
}

function clearFilters() {
  for (const id of ['search', ...SELECTS.map((name) => `f-${name}`)]) $(id).value = '';
  filter();
}

// A link may name a record that the filters hide.
function unfilter(r) {
  if (cardOf(r).hidden) clearFilters();
}
