// A report's text, and how code points (the brief's offsets) and UTF-16 units (the browser's) go
// together. Also the one way in which this page makes elements.
const $ = (id) => document.getElementById(id);
const on = (id, type, act) => $(id).addEventListener(type, act);

function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children.filter(Boolean));
  return node;
}

const span = (name, ...children) => make('span', { class: name }, ...children);
const bdi = (text) => make('bdi', {}, text);

// A button says what it does; `act` is what happens when it is pressed.
function button(act, attributes, ...children) {
  const node = make('button', { type: 'button', ...attributes }, ...children);
  node.addEventListener('click', act);
  return node;
}

class Text {
  constructor(root, string) {
    this.root = root;
    this.string = string;
    // Where the characters of two units stand, counted in both ways; both lists are sorted.
    this.points = [];
    this.units = [];
    for (const { index } of string.matchAll(/[\ud800-\udbff][\udc00-\udfff]/g)) {
      this.points.push(index - this.units.length);
      this.units.push(index);
    }
  }

  toUnits(point) {
    return point + below(this.points, point);
  }

  toPoints(unit) {
    return unit - below(this.units, unit);
  }

  words(start, end) {
    return this.string.slice(this.toUnits(start), this.toUnits(end));
  }

  // The offset in units of a place in the document; outside the text it is the nearer end.
  unitAt(node, offset) {
    const range = document.createRange();
    range.selectNodeContents(this.root);
    const side = range.comparePoint(node, offset);
    if (side) return side < 0 ? 0 : this.string.length;
    range.setEnd(node, offset);
    return range.toString().length;
  }

  // The words of a range as they can be cited: no white space around, no half of a character.
  cited(range) {
    return this.snug(
      this.unitAt(range.startContainer, range.startOffset),
      this.unitAt(range.endContainer, range.endOffset),
    );
  }

  snug(start, end) {
    const words = this.string.slice(start, end);
    start += words.length - words.trimStart().length;
    end -= words.length - words.trimEnd().length;
    if (start >= end) return null;
    const characters = segments('grapheme', this.string);
    if (characters) {
      const last = characters.containing(end - 1);
      start = characters.containing(start).index;
      end = last.index + last.segment.length;
    }
    return { start, end };
  }
}

function below(sorted, number) {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < number) low = middle + 1;
    else high = middle;
  }
  return low;
}

function segments(granularity, string) {
  return Intl.Segmenter && new Intl.Segmenter(undefined, { granularity }).segment(string);
}

// Adler-32 over UTF-16 in little endian: the same sum as the brief's side takes.
function checksum(string) {
  let [a, b] = [1, 0];
  for (let at = 0; at < string.length; at += 1) {
    const unit = string.charCodeAt(at);
    a = (a + (unit & 255)) % 65521;
    b = (b + a) % 65521;
    a = (a + (unit >> 8)) % 65521;
    b = (b + a) % 65521;
  }
  return b * 65536 + a;
}

// Without case and marks above or below letters, so that "turkiye" finds "Türkiye".
function fold(string) {
  return string.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
