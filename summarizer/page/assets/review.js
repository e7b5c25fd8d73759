// The review: decisions on values and records, each sent to the server at once, kept until it is
// written, and shown as it stands in the file. The page never works out what marked words mean.
const PAST = { accept: 'accepted', reject: 'rejected', correct: 'corrected', add: 'added' };
const SIGNS = { accept: '✓', reject: '✗', correct: '✎', add: '+' };
const CODED = { participants: 'role', place: 'country', deployment: 'country', items: 'category' };
const TOLD_BY = { actor: 'kind', event: 'label', pledge: 'status' }; // what an added record needs
const NOT_MARKED = new Set(['kind', 'country', 'realis', 'status']); // chosen, never marked
const LATER = 1e12; // the place in the file of a decision that has none yet: behind all others
const choices = $('choices') && JSON.parse($('choices').textContent);
const lines = new Map(); // all decisions known, by id
const own = new Set(); // the ids of those made in this window
const queue = []; // those that are not written yet
let standing = []; // what is in force: the decision on each value, and others that it outdid
let undone = new Set();
let version = 0;
let me = null; // whose decisions this window makes, once the server has said so
let mark = null; // the words being marked, and what for

const places = (value) => value.cites.map(([start, end]) => [start, end]);
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
const overlaps = ([a, b], [c, d]) => a < d && c < b;
const clock = (when) => new Date(when).toTimeString().slice(0, 5);

// What stands: an undo takes back one decision, be it an undo; of several on one value the last.
function settle() {
  version += 1;
  undone = new Set();
  const subjects = new Map();
  const kept = new Set(); // values that a correction holds against a rejection before it
  for (const one of [...lines.values()].sort((a, b) => b.seq - a.seq)) {
    if (undone.has(one.id)) continue;
    if (one.action === 'undo') undone.add(one.of);
    else if (one.action !== 'note') {
      const subject = (part, item) =>
        JSON.stringify([one.doc, one.kind, one.record, one.field, part, item]);
      const chosen = one.action === 'correct' && one.new?.code && !one.new.cite.length;
      const listed = one.field && choices.lists[one.kind].includes(one.field);
      const item = one.at_item.length || one.action !== 'add' || !listed ? one.at_item : one.new.cite;
      const part = chosen && CODED[one.field] ? 'code' : '';
      // What is decided on an added record leaves its addition.
      const key = subject(one.action === 'add' && !one.field ? 'add' : part, item);
      // A code chosen later, or other words, outdo that the value was rejected before.
      if (one.action === 'reject' && kept.has(key)) continue;
      if (one.action === 'correct') kept.add(subject('', item));
      if (subjects.has(key)) subjects.get(key).rivals.push(one);
      else subjects.set(key, { ...one, rivals: [] });
    }
  }
  standing = [...subjects.values()].reverse();
}

// Lay what was decided over an article's records, which stay as the brief has them underneath.
function prepare(article) {
  const { data } = article;
  if (article.version === version) return;
  article.version = version;
  article.loose = [];
  article.known = new Map();
  data.records = data.records.filter((record) => !record.added);
  for (const record of data.records) {
    record.decided = [];
    record.folded = undefined;
    record.values = record.values.filter((value) => !value.added);
    for (const value of record.values) {
      value.given ??= { words: value.words, cites: value.cites, note: value.note };
      Object.assign(value, value.given, { decided: [], was: null });
    }
  }
  for (const one of standing) if (one.doc === data.doc.sha256) layOver(article, one);
  complete(article);
}

function layOver(article, one) {
  const record = recordFor(article, one) || addedRecord(article, one);
  if (!record) return article.loose.push(one);
  if (!one.field) return record.decided.push(one);
  const [field] = one.field.split('.');
  let value = valueFor(record, field, one);
  const { cite = [], words = [], code } = one.new || {};
  if (!value && one.action !== 'reject' && (cite.length || code)) {
    const cites = cite.length ? cite : record.values[0].cites;
    value = { field, words: words.join(' … ') || code, cites, added: true, decided: [] };
    record.values.push(value);
  }
  if (!value) return article.loose.push(one);
  value.decided.push(one);
  if (one.action !== 'correct' || value.added) return value;
  const told = code && code.replaceAll('_', ' ');
  const part = one.field === field ? CODED[field] : one.field.split('.')[1];
  if (cite.length && one.field === field) {
    if (!same(value.cites, cite)) value.was = value.words;
    Object.assign(value, { words: words.join(' … '), cites: cite, note: '' });
  } else if (part) value.note = `${part} ${told || words.join(' ')}`;
  else if (told && told !== value.words) Object.assign(value, { was: value.words, words: told });
  return value;
}

// The record that a decision is about: of the same words, else the only one at its place. One that
// was added may have come back with more words than it was added with, and its own fingerprint.
function recordFor({ data: { records }, known }, one) {
  const { record: print, kind, anchor: wanted, action, field, new: made } = one;
  const own = known.get(print) || records.find((each) => each.fp === print);
  if (own) return own;
  const isAt = ({ anchor, values }) => {
    if (action !== 'add' || field) {
      const pairs = anchor.length === wanted.length;
      return pairs && anchor.every((place, i) => overlaps(place, wanted[i]));
    }
    const label = kind !== 'event' || values[0].words === made.code;
    return label && wanted.every((place) => anchor.some((each) => overlaps(place, each)));
  };
  const found = records.filter((each) => each.kind === kind && each.anchor && isAt(each));
  if (found.length !== 1) return null;
  known.set(print, found[0]);
  return found[0];
}

function addedRecord(article, one) {
  if (one.action !== 'add' || one.field || !one.new.cite.length) return null;
  const { records } = article.data;
  const number = records.filter(({ kind }) => kind === one.kind).length + 1;
  const { cite, words, code } = one.new;
  const isAdded = { decided: [], added: true };
  const told = { actor: 'name', pledge: 'items', event: 'label', summary: 'text' }[one.kind];
  const record = {
    id: `${one.kind === 'summary' ? 's' : one.kind[0]}${number}`,
    kind: one.kind,
    fp: one.record,
    anchor: one.anchor,
    label: (code || '').replaceAll('_', ' '),
    values: cite.map((place, i) => ({ field: told, words: words[i], cites: [place], ...isAdded })),
    ...isAdded,
  };
  records.push(record);
  return record;
}

function valueFor({ values }, field, one) {
  const own = values.filter((value) => value.field === field);
  const { length } = one.at_item;
  const before = own.find((value) => same(places(value.given || value), one.at_item));
  if (before || (!length && one.action !== 'add' && own.length === 1)) return before || own[0];
  return one.new && own.find((value) => same(places(value), one.new.cite));
}

// How things stand, in words.
function statesOf(article, r, v) {
  const record = article.data.records[r];
  const { decided = [], was } = v === null ? record : record.values[v];
  return decided.flatMap((one) => {
    const { action, by, at: when, rivals } = one;
    const saving = one.seq >= LATER ? ', saving…' : `, ${clock(when)}`;
    const before = was ? `, was “${was}”` : '';
    const words = `${SIGNS[action]} ${PAST[action]} by ${by}${saving}${before}`;
    const told = span(`decided ${action}`, words);
    const other = [one, ...rivals].find((each) => !own.has(each.id) && each.seq < LATER);
    const mine = [one, ...rivals].find((each) => own.has(each.id));
    if (!other || !mine) return [told];
    const which = mine.id === one.id ? 'yours counts' : 'theirs counts';
    const note = `${other.by} ${PAST[other.action]} this at ${clock(other.at)}; ${which}. `;
    return [told, span('rival', note, button(() => undo(mine), {}, 'Undo yours'))];
  });
}

function decided(article, record) {
  prepare(article);
  const all = record.values.every((value) => value.decided?.length);
  return record.added || record.decided?.length > 0 || all;
}

// Draw again what has changed, and leave the reader where they are.
function refresh() {
  settle();
  if (!shown) return;
  const before = cuts();
  const focused = document.activeElement?.classList.contains('val');
  const top = $('cards').scrollTop;
  prepare(shown);
  if (before !== cuts()) cutAgain();
  drawRecords(shown);
  if (shown.loose.length) {
    const rows = shown.loose.map((one) => {
      const what = `${one.kind}${one.field ? `, ${named(one.field)}` : ''}`;
      const words = one.old?.value || one.new?.words[0] || '';
      const told = ` ${PAST[one.action]} by ${one.by}, ${clock(one.at)} `;
      const undoIt = button(() => undo(one), {}, 'Undo');
      return make('li', {}, span('what', what), ' ', bdi(words), told, undoIt);
    });
    const name = 'Decided, but not among these records';
    $('cards').append(group('loose', name, make('ul', {}, ...rows)));
  }
  filter();
  $('cards').scrollTop = top;
  if (at && !buttonOf(at)) at = { r: Math.max(0, at.r - 1), v: 0, c: 0 }; // it was undone
  if (at && buttonOf(at)) choose(at, { focus: focused, card: false, words: false });
  else if (focused) step(1);
  drawSaved();
}

const cuts = () => shown.cites.map(({ from, to, r, v }) => [from, to, r, v]).join();

function cutAgain() {
  cutText(shown);
  drawHits(wanted().words);
  if (mark) passing(shown, 'mark', [mark]);
}

let waiting = 0;
function refreshSoon() {
  clearTimeout(waiting);
  waiting = setTimeout(refresh, 30);
}

function drawSaved(trouble) {
  const { records } = shown.data;
  const count = records.filter((record) => decided(shown, record)).length;
  const state = trouble ? '' : queue.length ? ' · saving…' : ' · saved';
  $('saved').textContent = `${count} of ${records.length} decided${own.size ? state : ''}`;
  $('alert').textContent = trouble || '';
}

// Sending: one after the other, until it is written or refused.
function post(fields) {
  const { kind, fp, anchor } = at ? recordAt(at) : {};
  const entry = {
    ...{ id: crypto.randomUUID(), doc: shown.data.doc.sha256, kind, record: fp, anchor },
    ...{ field: null, at_item: [], of: null, old: null, new: null, ...fields },
  };
  own.add(entry.id);
  const when = new Date().toISOString();
  lines.set(entry.id, { ...entry, seq: LATER + own.size, by: me || 'you', at: when });
  queue.push(entry);
  refresh();
  send();
}

let sending = false;
async function send() {
  if (sending) return;
  sending = true;
  let pause = 1000;
  while (queue.length) {
    const { answer, told } = await ask('./decisions', queue[0]);
    if (answer?.ok) {
      queue.shift();
      me = told.decision.by;
      hear(told.decision);
      pause = 1000;
    } else if (answer && [400, 409, 413, 422].includes(answer.status)) {
      lines.delete(queue.shift().id);
      refresh();
      drawSaved(`Not saved: ${told?.error || answer.status}`);
    } else {
      drawSaved(`Not saved: ${told?.error || 'no answer'}. ${queue.length} kept, trying again.`);
      await new Promise((resolve) => setTimeout(resolve, pause));
      pause = Math.min(pause * 2, 30000);
    }
  }
  sending = false;
}

async function ask(path, body) {
  try {
    const answer = await fetch(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(20000),
    });
    return { answer, told: await answer.json() };
  } catch {
    return {};
  }
}

function hear(decision) {
  lines.set(decision.id, decision);
  refreshSoon();
}

// Deciding.
function worth(value) {
  const cite = places(value);
  const words = cite.map((place) => shown.text.words(...place));
  return { value: value.words, cite, words, code: null };
}

function subject() {
  const value = valueAt(at);
  const { field, given = value } = value;
  const listed = choices.lists[recordAt(at).kind].includes(field);
  return { field, at_item: listed ? places(given) : [], old: worth(given) };
}

function decide(action) {
  const before = valueAt(at).decided.find((one) => one.action === action);
  if (before) undo(before);
  else post({ action, ...subject() });
  say(`${describe(at)}: ${before ? 'undone' : PAST[action]}`);
}

function decideWhole(action) {
  const { decided: done, whole, id } = recordAt(at);
  const before = done.find((one) => one.action === action);
  const carried = { value: JSON.stringify(whole), cite: [], words: [], code: null };
  const old = worth(valueAt({ r: at.r, v: 0 }));
  if (before) undo(before);
  else post({ action, old, new: action === 'accept' && whole ? carried : null });
  say(`${id}: ${before ? 'undone' : PAST[action]}`);
}

function undo(one) {
  const { doc, kind, record, anchor, field, at_item: item } = one;
  post({ action: 'undo', of: one.id, doc, kind, record, anchor, field, at_item: item });
}

function undoLast() {
  const mine = ({ id, by, action }) =>
    (own.has(id) || (me && by === me)) && action !== 'undo' && !undone.has(id);
  const [last] = [...lines.values()].filter(mine).sort((a, b) => b.seq - a.seq);
  if (!last) return say('There is nothing of yours to undo.');
  undo(last);
  const field = last.field ? `, ${named(last.field)}` : '';
  return say(`Undone: ${last.kind}${field} ${PAST[last.action]}`);
}

function correct() {
  const { field, words } = valueAt(at);
  const { kind, id } = recordAt(at);
  if (NOT_MARKED.has(field)) return chooseCode();
  const told = subject();
  const take = (made) => post({ action: 'correct', ...told, new: made });
  const task = { title: `Correct ${id}, ${named(field)}`, was: words, kind, field, take };
  return startMark(task, shown.cites[valueAt(at).first + at.c]);
}

async function chooseCode() {
  const { field } = valueAt(at);
  const told = subject();
  const code = await chooseFrom(`${named(field)}: which?`, codesOf(field));
  if (code) post({ action: 'correct', ...told, new: { value: code, cite: [], words: [], code } });
}

function codesOf(field, kind = recordAt(at).kind) {
  const codes = choices.codes[kind][field];
  if (codes !== 'country') return codes.map((code) => [code, code.replaceAll('_', ' ')]);
  return Object.entries(choices.countries).sort((a, b) => a[1].localeCompare(b[1]));
}

async function addValue() {
  const { kind, id, values } = recordAt(at);
  const chosen = valueAt(at);
  const there = new Set(values.map((value) => value.field));
  const missing = choices.optional[kind].filter((each) => !there.has(each));
  const fields = [...choices.lists[kind], ...missing];
  if (kind === 'actor' && !there.has('country')) fields.push('country');
  if (chosen.field === 'items') fields.push('items.quantity');
  if (!fields.length) return say('Nothing can be added to it.');
  const field = await chooseFrom(`Add to ${id}`, fields.map((each) => [each, named(each)]));
  if (!field) return null;
  if (field === 'country') {
    const code = await chooseFrom('Which country?', codesOf(field));
    const made = { value: code, cite: [], words: [], code };
    return code && post({ action: 'correct', field, new: made });
  }
  const part = field === 'items.quantity';
  const told = { action: part ? 'correct' : 'add', field, at_item: part ? subject().at_item : [] };
  const take = (made) => post({ ...told, new: made });
  const task = { title: `Add ${named(field)} to ${id}`, kind, field, take };
  return startMark(task, shown.cites[chosen.first]);
}

function addRecord() {
  const take = async (made) => {
    const kinds = GROUPS.map(([each]) => [each, each]);
    const kind = await chooseFrom('What do these words tell?', kinds);
    if (!kind) return;
    const field = TOLD_BY[kind];
    const code = field ? await chooseFrom(`${named(field)}: which?`, codesOf(field, kind)) : null;
    if (field && !code) return;
    const record = [...crypto.getRandomValues(new Uint8Array(8))]
      .map((byte) => byte.toString(16).padStart(2, '0'))
      .join('');
    post({ action: 'add', kind, record, anchor: made.cite, new: { ...made, code } });
    const r = shown.data.records.findIndex((each) => each.fp === record);
    if (r >= 0) choose({ r, v: 0, c: 0 }, { focus: true });
  };
  const [from] = wordEdges().starts;
  const [to] = wordEdges().ends;
  if (to === undefined) return say('There are no words to mark.');
  const title = 'Add a record: mark a name, what tells an event, goods, or a line';
  return startMark({ title, take }, at ? shown.cites[valueAt(at).first + at.c] : { from, to });
}

// A closed list in a dialog: arrows and first letters choose, Enter takes, Esc leaves.
function chooseFrom(title, options) {
  const dialog = $('ask');
  const listed = options.map(([value, name]) => make('option', { value }, name));
  const size = Math.min(12, Math.max(2, listed.length));
  const select = make('select', { size, 'aria-label': title }, ...listed);
  select.selectedIndex = 0;
  return new Promise((resolve) => {
    const take = () => dialog.close(select.value);
    select.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter') return;
      event.preventDefault();
      take();
    });
    select.addEventListener('dblclick', take);
    const leave = button(() => dialog.close(''), {}, 'Cancel');
    const buttons = make('p', {}, button(take, { class: 'do' }, 'Choose'), ' ', leave);
    dialog.replaceChildren(make('h2', {}, title), select, buttons);
    dialog.returnValue = '';
    dialog.addEventListener('close', () => resolve(dialog.returnValue || null), { once: true });
    dialog.showModal();
    select.focus();
  });
}

// Marking words: with the mouse, or word by word; what will be cited stands in the bar.
function startMark(task, { from, to }) {
  const selection = getSelection();
  const range = selection.rangeCount ? selection.getRangeAt(0) : null;
  const inText = range && shown.box.contains(range.commonAncestorContainer);
  const { start, end } = (inText && shown.text.cited(range)) || shown.text.snug(from, to);
  selection.removeAllRanges();
  review.marking = true;
  mark = task;
  closeSheet();
  tab('article');
  light(shown, null);
  $('mark').hidden = false;
  shown.box.focus({ preventScroll: true });
  setMark(start, end);
}

let deriving = 0;
function setMark(from, to) {
  Object.assign(mark, { from, to, told: null });
  passing(shown, 'mark', [mark]);
  const [range] = rangesOf(shown, [mark]);
  range.startContainer.parentElement.scrollIntoView({ block: 'nearest' });
  drawBar();
  say(shown.text.string.slice(from, to));
  clearTimeout(deriving);
  if (mark.field) deriving = setTimeout(() => mark && derive(mark), 250);
}

async function derive(task) {
  const { from, to, kind, field } = task;
  const [start, end] = [shown.text.toPoints(from), shown.text.toPoints(to)];
  const words = shown.text.string.slice(from, to);
  const body = { doc: shown.data.doc.sha256, kind, field, start, end, words };
  const { told } = await ask('./derive', body);
  if (task !== mark || task.from !== from || task.to !== to) return;
  task.told = told || {};
  drawBar();
}

function drawBar() {
  const { title, was, from, to, told } = mark;
  const words = shown.text.string.slice(from, to);
  const means = told?.error
    ? span('reason', told.error)
    : told?.show && told.show !== words && span('note', told.show);
  const act = (name, key, what) => button(what, { class: 'do' }, name, ' ', make('kbd', {}, key));
  const help = 'Arrows move, Shift extends, Alt by character (with Shift: the start)';
  const before = was && make('s', { dir: 'auto' }, was);
  const marked = make('mark', { dir: 'auto' }, words);
  $('mark').replaceChildren(
    make('p', {}, make('b', {}, title), ' ', before, was && ' → ', marked, ' ', means),
    make('p', {}, act('Take', 'Enter', takeMark), ' ', act('Drop', 'Esc', dropMark), ' ', span('note', help)),
  );
}

async function takeMark() {
  const task = mark;
  if (task.field && !task.told) await derive(task);
  if (mark !== task || task.told?.error) return;
  const { text } = shown;
  const cite = [[text.toPoints(task.from), text.toPoints(task.to)]];
  dropMark();
  task.take({ value: text.words(...cite[0]), cite, words: [text.words(...cite[0])], code: null });
}

function dropMark() {
  passing(shown, 'mark', []);
  getSelection().removeAllRanges();
  review.marking = false;
  mark = null;
  $('mark').hidden = true;
  tab('records');
  if (at) choose(at, { focus: true });
  else $('records').focus();
}

function wordEdges() {
  if (shown.edges) return shown.edges;
  const { string } = shown.text;
  const found = [...(segments('word', string) || string.matchAll(/\S+/g))];
  const words = found.filter((each) => each.isWordLike !== false);
  const starts = words.map((each) => each.index);
  const ends = words.map((each) => each.index + (each.segment || each[0]).length);
  return (shown.edges = { starts, ends });
}

function moveMark(by, { shiftKey, altKey }) {
  let { from, to } = mark;
  const { string } = shown.text;
  const { starts, ends } = wordEdges();
  if (altKey) {
    const edge = shiftKey ? from : to;
    const near = segments('grapheme', string).containing(by > 0 ? edge : edge - 1);
    const { index, segment } = near || {};
    if (!segment) return;
    const moved = by > 0 ? index + segment.length : index;
    if (shiftKey) from = moved;
    else to = moved;
    if (from >= to) return;
  } else if (shiftKey) {
    const i = below(ends, by > 0 ? to + 1 : to);
    to = ends[by > 0 ? i : i - 1] ?? to;
    if (to <= from) return;
  } else {
    const i = below(starts, by > 0 ? from + 1 : from);
    const word = by > 0 ? i : i - 1;
    if (starts[word] === undefined) return;
    [from, to] = [starts[word], ends[word]];
  }
  setMark(from, to);
}

function onMarkKey(event) {
  if (!mark || $('ask').open || event.ctrlKey || event.metaKey) return;
  const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  const inBar = event.target.closest('button');
  if (event.key === 'Escape') dropMark();
  else if (by) moveMark(by, event);
  else if (event.key === 'Enter' && !inBar) takeMark();
  else if (event.key.length > 1 || inBar) return;
  event.preventDefault();
  event.stopPropagation();
}

function onSelection() {
  const selection = getSelection();
  if (!mark || selection.isCollapsed || !selection.rangeCount) return;
  const { start, end } = shown.text.cited(selection.getRangeAt(0)) || {};
  if (end && (start !== mark.from || end !== mark.to)) setMark(start, end);
}

// The next value that nobody has decided on, in a record that is not decided on either.
function nextOpen() {
  const all = [...$('cards').querySelectorAll('.card:not([hidden]) .val')];
  const from = at ? all.indexOf(buttonOf(at)) + 1 : 0;
  const found = [...all.slice(from), ...all.slice(0, from)].find((each) => {
    const place = placeOf(each);
    return !valueAt(place).decided.length && !decided(shown, recordAt(place));
  });
  if (found) choose(placeOf(found), { focus: true });
  else say('Everything here is decided.');
}

const ACTS = {
  a: ['Accept', () => decide('accept')],
  x: ['Reject', () => decide('reject')],
  c: ['Correct', correct],
  e: ['Code', chooseCode],
  A: ['Accept record', () => decideWhole('accept')],
  X: ['Reject record', () => decideWhole('reject')],
  v: ['Add value', addValue],
  n: ['Add record', addRecord],
  u: ['Undo', undoLast],
  '.': ['Next open', nextOpen],
};
const FREE = new Set(['n', 'u', '.']); // that need no value chosen

function can(key) {
  if (!shown?.same) return false;
  if (FREE.has(key)) return true;
  if (!at) return false;
  return key !== 'e' || Boolean(choices.codes[recordAt(at).kind][valueAt(at).field]?.length);
}

Object.assign(review, {
  prepare,
  stateOf: statesOf,
  decided,
  key: (key) => (ACTS[key] && can(key) ? ACTS[key][1] : undefined),
  tools: () =>
    Object.entries(ACTS)
      .filter(([key]) => can(key))
      .map(([key, [name, act]]) => button(act, {}, name, ' ', make('kbd', {}, key))),
  start() {
    document.addEventListener('keydown', onMarkKey, true);
    document.addEventListener('selectionchange', onSelection);
    addEventListener('beforeunload', (event) => queue.length && event.preventDefault());
    new EventSource('./events').addEventListener('message', ({ data }) => hear(JSON.parse(data)));
    if (shown) refresh();
    const first = $('cards').querySelector('.val');
    if (first && document.body.dataset.view === 'articles') choose(placeOf(first), { focus: true });
  },
});
