// The article: its paragraphs cut at every edge of a citation, and what is lit in them.
const KINDS = ['pledge', 'event', 'actor']; // that have a lane below the words
const CLAIMS = new Set(['pledge', 'event']); // somebody says so, and words bear it out or not
const CODES = new Set(['kind', 'country', 'realis', 'status', 'attribution']); // not in words
const HIGHLIGHTS = Boolean(globalThis.CSS && CSS.highlights && globalThis.Highlight);

// Read an article's data, and what its text comes to.
function load(n) {
  const article = articles[n - 1];
  if (article.data) return article;
  article.data = JSON.parse($(`d${n}`).textContent);
  const { data, box } = article;
  if (data.text !== null) box.textContent = data.text;
  article.text = new Text(box, box.textContent);
  article.whole = data.doc.sum !== null;
  article.same = article.whole && checksum(article.text.string) === data.doc.sum;
  article.sentences = article.same ? data.sentences.map((each) => inUnits(article, each)) : [];
  complete(article);
  return article;
}

const inUnits = ({ text }, [start, end]) => [text.toUnits(start), text.toUnits(end)];

// Say what the data leave out because it follows from the rest, and list all citations.
function complete(article) {
  const { data, text, same, sentences } = article;
  const cites = (article.cites = []);
  data.records.forEach((record, r) => {
    const { kind, values } = record;
    record.codes ??= [];
    record.countries ??= [];
    if (CLAIMS.has(kind)) record.speaker ??= null;
    values.forEach((value, v) => {
      value.cites ??= values[0].cites;
      value.words ??= same ? text.words(...value.cites[0]) : '…';
      value.first = cites.length;
      value.cites.forEach((place, c) => {
        const [from, to] = inUnits(article, place);
        const wide = sentences.some((each) => from <= each[0] && each[1] <= to);
        cites.push({ index: cites.length, r, v, c, from, to, wide, kind });
      });
    });
    record.title ??= kind === 'summary' ? '' : values[0].words;
    if (!record.added) record.label = labelOf(record);
  });
}

// What a record is, by its own values: an event's kind and reality, how far a pledge has come.
function labelOf({ kind, values }) {
  const fields = { actor: ['kind'], pledge: ['status'], event: ['label', 'realis'] }[kind] || [];
  const words = fields.map((field) => values.find((value) => value.field === field)?.words);
  return words.filter((each) => each && each !== 'actual').join(', ');
}

// Show the cuts and lanes. What changed on its way into the page is shown, but never marked.
function cutText(article) {
  Object.assign(article, { pieces: [], extra: [], paragraphs: [] });
  if (!article.same) return;
  const { data, box } = article;
  if (data.text !== null) cutLines(article);
  let at = 0;
  for (const node of box.childNodes) {
    const from = at;
    at += node.textContent.length;
    if (node.nodeType === 1) article.paragraphs.push({ node, from, to: at });
  }
  for (const paragraph of article.paragraphs) cut(article, paragraph);
  drawGutter(article);
}

// A text that HTML cannot hold comes in one piece: part it into lines here.
function cutLines({ box, text }) {
  const lines = text.string.split(/(\r\n|\n|\r)/);
  const nodes = lines.map((line, at) => {
    return at % 2 || !line ? line : make('p', { dir: 'auto' }, line);
  });
  box.replaceChildren(...nodes.filter(Boolean));
}

function cut(article, { node, from, to }) {
  const inside = (place) => place.from < to && from < place.to;
  const cites = article.cites.filter(inside);
  const extra = article.extra.filter(inside);
  const edges = [from, to, ...article.sentences.flat()];
  for (const place of [...cites, ...extra]) edges.push(place.from, place.to);
  const sorted = [...new Set(edges.filter((edge) => from <= edge && edge <= to))];
  sorted.sort((a, b) => a - b);
  article.pieces = article.pieces.filter((piece) => piece.from >= to || piece.to <= from);
  const parts = [];
  let last = null;
  sorted.slice(1).forEach((end, i) => {
    const start = sorted[i];
    const over = (place) => place.from <= start && end <= place.to;
    const piece = drawPiece(article, start, end, cites.filter(over), extra.filter(over));
    const number = article.sentences.findIndex((each) => each[0] <= start && end <= each[1]) + 1;
    if (!number) return parts.push(piece);
    if (!last || last.dataset.s !== String(number)) {
      last = make('span', { class: 's', id: `s-${number}`, 'data-s': number });
      parts.push(last);
    }
    return last.append(piece);
  });
  node.replaceChildren(...parts);
  article.pieces.sort((a, b) => a.from - b.from);
}

function drawPiece(article, from, to, cites, extra) {
  const text = article.text.string.slice(from, to);
  if (!cites.length && !extra.length) return text;
  const kinds = cites.filter((cite) => !cite.wide).map((cite) => cite.kind);
  const node = make('span', {}, inLanes(text, kinds));
  node.classList.add(...extra.map((each) => each.name));
  if (cites.length) {
    const indices = cites.map((cite) => cite.index);
    node.dataset.r = indices.join(' ');
    article.pieces.push({ from, to, span: node, indices: new Set(indices) });
  }
  return node;
}

const inLanes = (text, kinds) =>
  KINDS.reduce((node, kind) => (kinds.includes(kind) ? span(`k-${kind}`, node) : node), text);

// Numbers of the sentences beside the text; what rests on a whole sentence is marked at its number.
function drawGutter(article) {
  article.numbers = article.sentences.map((_, at) => {
    const kinds = wideAt(article, at).map((cite) => cite.kind);
    const node = span('no', inLanes(String(at + 1), kinds));
    node.classList.toggle('summed', kinds.includes('summary'));
    node.dataset.s = at + 1;
    return node;
  });
  article.gutter.replaceChildren(...article.numbers);
  requestAnimationFrame(() => placeGutter(article)); // once all is laid out anyway
}

function wideAt(article, at) {
  const [from, to] = article.sentences[at];
  return article.cites.filter((cite) => cite.wide && cite.from <= from && to <= cite.to);
}

function placeGutter({ numbers, box, gutter }) {
  if (!numbers || !box.offsetParent) return;
  const { top } = gutter.getBoundingClientRect();
  const places = numbers.map((_, at) => $(`s-${at + 1}`)?.getClientRects()[0]);
  let last = -99;
  numbers.forEach((node, at) => {
    const place = places[at] && Math.round(places[at].top - top);
    // Of two sentences that begin on one line, the second one's number would hide the first's.
    node.hidden = place === undefined || place - last < 10;
    if (node.hidden) return;
    node.style.top = `${place}px`;
    last = place;
  });
}

// Light the words of one citation; the value's other citations are only tinted.
function light({ pieces }, index, others = []) {
  for (const { span: node, indices } of pieces) {
    node.classList.toggle('lit', indices.has(index));
    node.classList.toggle('also', others.some((other) => indices.has(other)));
  }
  return litPiece()?.span;
}

const litPiece = () => shown.pieces.find((piece) => piece.span.classList.contains('lit'));

function tint({ pieces }, wanted) {
  for (const { span: node, indices } of pieces) {
    node.classList.toggle('hov', wanted.some((index) => indices.has(index)));
  }
}

// Colour places that pass (hits of the search, the mark being drawn) without touching the text.
function passing(article, name, places) {
  if (HIGHLIGHTS) {
    CSS.highlights.set(name, new Highlight(...rangesOf(article, places)));
    return;
  }
  const own = (each) => each.name === name;
  const before = article.extra.filter(own);
  article.extra = article.extra.filter((each) => !own(each));
  article.extra.push(...places.map((place) => ({ ...place, name })));
  for (const paragraph of article.paragraphs) {
    const touched = ({ from, to }) => from < paragraph.to && paragraph.from < to;
    if ([...before, ...places].some(touched)) cut(article, paragraph);
  }
}

// The ranges of the document that go from one offset in units to another.
function rangesOf({ box }, places) {
  const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
  const nodes = [];
  const ends = [];
  let end = 0;
  while (walker.nextNode()) {
    end += walker.currentNode.length;
    nodes.push(walker.currentNode);
    ends.push(end);
  }
  const find = (unit) => {
    const at = below(ends, unit);
    return [nodes[at], unit - (ends[at] - nodes[at].length)];
  };
  return places.map(({ from, to }) => {
    const range = document.createRange();
    const [node, offset] = find(from + 1); // a start belongs to the node behind it
    range.setStart(node, offset - 1);
    range.setEnd(...find(to));
    return range;
  });
}

// The values that rest on citations: that of the smallest first, each value once.
function restingOn(article, indices) {
  const cites = indices.map((index) => article.cites[index]);
  cites.sort((a, b) => a.to - a.from - (b.to - b.from) || a.index - b.index);
  const first = new Map();
  for (const cite of cites) {
    const value = `${cite.r} ${cite.v}`;
    if (!first.has(value)) first.set(value, cite);
  }
  return [...first.values()];
}
