/**
 * The screen of a playground. It draws numbers that Python has computed, and answers its controls at once; it trains
 * nothing. In a notebook `render` is the front end of an anywidget, in a page without a kernel `start` does the same.
 *
 * A scene says what is drawn: `views` with their `items`, `controls`, and templates of `words`. A row holds the numbers of
 * one setting of the controls whose role is "row": columns, with a value for each frame. A text is told of the whole
 * run, whichever frame is shown: where a control counts how far it goes, the one that stands there, else the first.
 * An item, or a mark on a slider, may have `when`: settings, {id: value}, in which alone it is drawn. A control with
 * `snap` knows its stops alone.
 */

// ---- numbers, words and rows ----------------------------------------------------------------------------------

/** Write a number as Python's format .{digits}g does. @param {number} value @param {number} digits */
export function general(value, digits) {
  const [mantissa, power] = value.toExponential(digits - 1).split("e");
  const bare = (text) => (text.includes(".") ? text.replace(/\.?0+$/, "") : text);
  if (+power >= -4 && +power < digits) return bare(value.toPrecision(digits));
  return `${bare(mantissa)}e${+power < 0 ? "-" : "+"}${String(Math.abs(+power)).padStart(2, "0")}`;
}

/** Fill in {name}, {name:.4g} and {name:.2f}. @param {string} template @param {(name: string) => any} value */
export function fill(template, value) {
  return template.replace(/\{(\w+)(?::\.(\d)([fg]))?\}/g, (_, name, digits, kind) => {
    const found = value(name);
    if (!kind) return found;
    if (!Number.isFinite(found)) return "not finite";
    const text = kind === "g" ? general(found, +digits) : found.toFixed(digits);
    return Number(text) === 0 ? text.replace("-", "") : text;
  });
}

/** Read a whole number that holds four digits and a power of ten; 1 stands for what is not finite. @param {number} code */
function decimal(code) {
  const size = Math.abs(code);
  return size < 2 ? (size ? NaN : 0) : Math.sign(code) * Number(`${size % 10000}e${Math.floor(size / 10000) - 53}`);
}

/** @param {BlobPart} packed */
async function inflate(packed) {
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/**
 * Read rows: whole numbers, each as its difference to the one before, folded to 0, 1, 2, … for 0, -1, 1, …, all their
 * lowest bytes first, then the next; and a list of texts. Returns pairs of key and row. @param {any} head
 */
async function unpack({ rows, columns, ended }, [numbers, words]) {
  const bytes = await inflate(numbers);
  const texts = JSON.parse(new TextDecoder().decode(await inflate(words)));
  const count = bytes.length / 4;
  let place = 0;
  const column = (length, read) => {
    let sum = 0;
    return Array.from({ length }, () => {
      const folded = [3, 2, 1, 0].reduce((number, plane) => number * 256 + bytes[plane * count + place], 0);
      place++;
      return read((sum += folded % 2 ? -(folded + 1) / 2 : folded / 2));
    });
  };
  const reads = { number: decimal, text: (number) => texts[number] };
  const read = (length, [name, kind, width]) => {
    if (!width) return [name, column(length, reads[kind])];
    const parts = Array.from({ length: width }, () => column(length, reads[kind]));
    return [name, Array.from({ length }, (_, k) => parts.map((part) => part[k]))];
  };
  return rows.map(([key, length]) => {
    return [key, { columns: Object.fromEntries(columns.map((one) => read(length, one))), length, ended }];
  });
}

// ---- views ----------------------------------------------------------------------------------------------------

const LEFT = 46, TOP = 26, RIGHT = 10, BOTTOM = 40; // prettier-ignore
const AGES = [
  [0.25, Infinity],
  [0.55, 12],
  [1, 4],
]; // prettier-ignore -- a path fades: [opacity, until so many steps ago]
const polygon = (corners, even, odd) =>
  Array.from({ length: corners }, (_, k) => [Math.sin, (angle) => -Math.cos(angle)].map((f) => (k % 2 ? odd : even) * f((2 * Math.PI * k) / corners))); // prettier-ignore
const MARKERS = { o: polygon(16, 1, 1), D: polygon(4, 1.3, 1.3), "*": polygon(10, 1.2, 0.5), s: [[-1, -1], [1, -1], [1, 1], [-1, 1]] }; // prettier-ignore
const attributes = (named) => Object.entries(named).map(([name, value]) => `${name}="${value}"`).join(" "); // prettier-ignore

/** Where a value lies between the ends of an axis, from 0 to 1. @param {number} value @param {any} axis */
function share(value, { low, high, log }) {
  const part = log ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
  return Number.isFinite(part) ? Math.max(-999, Math.min(999, part)) : value > 0 ? 999 : -999;
}

/**
 * The part of a step that lies near a plot of some size, as shares of the step, [from, to]; nothing where none does
 * (Liang and Barsky, 1984). @param {number[]} here @param {number[]} there @param {number[]} size
 */
function near(here, there, size) {
  const ends = (length, k) =>
    [-length - here[k], 2 * length - here[k]].map((way) => way / (there[k] - here[k] || 1e-9));
  const ways = size.map(ends);
  const from = Math.max(0, ...ways.map((way) => Math.min(...way)));
  const to = Math.min(1, ...ways.map((way) => Math.max(...way)));
  return from < to ? [from, to] : undefined;
}

/** A place in a path. @param {number[]} place */
const write = (place) => place.map((part) => part.toFixed(1)).join(" ");

/** A path along places, of what lies near the plot alone: dashes far outside would take a browser seconds to draw. */
function along(places, size) {
  let text = "", joined = false; // prettier-ignore
  places.slice(1).forEach((there, k) => {
    const here = places[k];
    const part = near(here, there, size) ?? [];
    const [from, to] = part.map((ratio) => write(here.map((value, axis) => value + ratio * (there[axis] - value))));
    if (from) text += joined && part[0] === 0 ? `L${to}` : `M${from}L${to}`;
    joined = part[1] === 1;
  });
  return text;
}

/** One pair of axes, as an <svg> element. */
class View {
  constructor(spec, still) {
    this.spec = spec;
    const longest = Math.max(0, ...spec.y.ticks.map(([, words]) => words.length));
    this.left = LEFT + (longest > 4 ? 7 * longest - 24 : 0); // or long numbers would stand on the name of their axis
    this.width = spec.size[0] - this.left - RIGHT;
    this.height = spec.size[1] - TOP - BOTTOM;
    if (spec.square) this.width = this.height = Math.min(this.width, this.height);
    const place = `width="${this.width}" height="${this.height}"`;
    const lines = (item) => (item.geometry === "path" ? AGES : [[1]]).map(([opacity]) => `<path ${attributes(item.line ?? {})} opacity="${opacity}"/>`); // prettier-ignore
    const paths = spec.items.map((item) => `<g>${lines(item).join("")}<path ${attributes(item.marks ?? {})}/></g>`);
    const image = "still" in spec ? `<image href="${still(spec.still)}" ${place} preserveAspectRatio="none"/>` : "";
    const holder = document.createElement("div");
    holder.innerHTML = `<svg viewBox="0 0 ${spec.size.join(" ")}" style="--width: ${1.15 * spec.size[0]}" aria-hidden="true"><g class="axes"></g>
      <svg x="${this.left}" y="${TOP}" ${place} class="plot">${image}${paths.join("")}</svg></svg>`;
    this.element = /** @type {Element} */ (holder.firstElementChild);
    this.groups = [...this.element.querySelectorAll(".plot > g")].map((group) => [...group.children]);
  }

  across = (value) => share(value, this.x) * this.width;
  down = (value) => (1 - share(value, this.spec.y)) * this.height;

  /** Draw the axes for runs of so many steps; they change only in stops. @param {number} most */
  scale(most) {
    const { x, y, title } = this.spec;
    const axis = x.stops?.find((stop) => stop.most >= most) ?? x.stops?.at(-1) ?? x;
    if (axis === this.x) return;
    this.x = axis;
    const low = TOP + this.height, left = this.left; // prettier-ignore
    const text = (words, at, top, more = "") => `<text x="${at}" y="${top}" ${more}>${words}</text>`;
    const right = axis.ticks.map(([value, words]) => [left + this.across(value), words]);
    const up = y.ticks.map(([value, words]) => [TOP + this.down(value), words]);
    const middle = `transform="rotate(-90) translate(${-TOP - this.height / 2} 12)"`;
    this.element.querySelector(".axes").innerHTML = [
      `<path d="${x.grid ? right.map(([at]) => `M${at} ${TOP}V${low}`).join("") : ""}"/>`,
      `<path d="${y.grid ? up.map(([at]) => `M${left} ${at}h${this.width}`).join("") : ""}"/>`,
      `<path class="frame" d="M${left} ${TOP}V${low}h${this.width}"/>`,
      ...right.map(([at, words]) => text(words, at, low + 15)),
      ...up.map(([at, words]) => text(words, left - 6, at + 4, 'class="end"')),
      text(x.name, left + this.width / 2, low + 33),
      text(y.name, 0, 0, middle),
      text(title, left, 16, 'class="title"'),
    ].join("");
  }

  /** @param {(item: any) => number[][]} found where an item is now, in units of the data */
  draw(found) {
    this.spec.items.forEach((item, number) => {
      const places = found(item).map(([x, y]) => [this.across(x), this.down(y)]);
      const paths = this.groups[number];
      const ages = paths.length - 1;
      for (let age = 0; age < ages; age++) {
        const [from, to] = ages > 1 ? [AGES[age][1], AGES[age + 1]?.[1] ?? 0] : [Infinity, 0];
        const shown = places.slice(Math.max(0, places.length - 1 - from), places.length - to);
        paths[age].setAttribute("d", item.line ? along(shown, [this.width, this.height]) : "");
      }
      const marked = item.marks ? (ages > 1 ? places.slice(places.length > 60 ? -5 : 0) : places) : [];
      const around = (/** @type {number[]} */ [x, y]) =>
        MARKERS[item.marker].map(([dx, dy]) => [x + dx * item.size, y + dy * item.size]);
      paths[ages].setAttribute("d", marked.map((place) => `M${around(place).map(write).join("L")}z`).join(""));
    });
  }
}

/** What a name in a template or an item stands for. @param {any} name @param {any} now @param {any} scene */
function valueOf(name, now, scene) {
  if (typeof name === "number") return name;
  if (name === "bowl") return bowl(now.settings, scene.bowl);
  if (name === "misfit") return misfit(scene, (part) => valueOf(part, now, scene));
  const column = now.row.columns[name];
  if (column) return typeof column[0] === "string" ? column[now.made] : column[now.frame];
  return now[name] ?? now.settings[name] ?? scene.constants?.[name] ?? "";
}

/** The height of the bowl at w and b. */
function bowl({ w, b }, { best, hessian, floor }) {
  const [dw, db] = [w - best[0], b - best[1]];
  return floor + (hessian[0] * dw * dw + 2 * hessian[1] * dw * db + hessian[2] * db * db) / 2;
}

/** Hinges that add up, each a·relu(w·x + b), and c; or the one with a number: their height at x, and where they bend. */
function hinges({ w, b, a, c, only }, value) {
  const list = (names) => (Array.isArray(names) ? names.map(value) : value(names));
  const [ws, bs, as] = [w, b, a].map(list), base = c === undefined ? 0 : value(c); // prettier-ignore
  const some = [...ws.keys()].filter((k) => only === undefined || k === only);
  const height = (x) => some.reduce((sum, k) => sum + as[k] * Math.max(0, ws[k] * x + bs[k]), base);
  return { height, bends: some.map((k) => -bs[k] / ws[k]) };
}

/** The mean squared error of such a model on the data of a scene. */
function misfit({ data, model }, value) {
  const { height } = hinges(model, value);
  return data.x.reduce((sum, x, k) => sum + (data.y[k] - height(x)) ** 2, 0) / data.x.length;
}

/** Where an item is, as pairs of x and y. @param {any} item @param {any} now @param {any} scene @returns {number[][]} */
function points(item, now, scene) {
  const { geometry, x, y, slope, intercept } = item;
  const value = (name) => valueOf(name, now, scene);
  const past = (name) => now.row.columns[name].slice(0, now.frame + 1);
  if (geometry === "line") return x.map((end) => [end, value(slope) * end + value(intercept)]);
  if (geometry === "dot") return [[value(x), value(y)]];
  if (geometry === "curve") return x.map((place, k) => [place, value(y)[k]]);
  if (geometry === "trace") return past(y).map((height, k) => [x ? x[k] : k, height]);
  if (geometry === "path") return past(x).map((place, k) => [place, now.row.columns[y][k]]);
  if (geometry === "hinges") {
    const { height, bends } = hinges(item, value);
    const inside = bends.filter((bend) => x[0] < bend && bend < x[1]).sort((one, other) => one - other);
    return bends.length ? [x[0], ...inside, x[1]].map((at) => [at, height(at)]) : [];
  }
  return x.map((place, k) => [value(place), value(y[k])]);
}

// ---- controls -------------------------------------------------------------------------------------------------

let made = 0;

/** A slider with its name, and a box for exact values where a kernel can answer. */
class Range {
  typing = false; // then what is in the box is the learner's, whatever comes meanwhile

  constructor(spec) {
    this.spec = spec;
    this.stops = spec.stops ?? [spec.low, spec.high];
    this.element = Object.assign(document.createElement("div"), { className: "control", innerHTML: spec.html });
    this.element.dataset.id = spec.id;
    this.input = this.element.querySelector("input");
    this.input.id = `course-${Date.now().toString(36)}-${made++}`;
    this.element.querySelector("label").htmlFor = this.input.id;
    this.box = /** @type {any} */ (this.element.querySelector(".box"));
  }

  /** The place of the handle for a value. @param {number} value */
  place(value) {
    if (!this.spec.stops) return value;
    return share(value, { low: this.stops[0], high: this.stops.at(-1), log: this.spec.log }) * (this.stops.length - 1);
  }

  /** What the handle or the box says now, within the ends; where no stops are, it is whole. @param {EventTarget} from */
  read(from) {
    const { stops } = this.spec;
    if (from === this.input) return stops ? stops[+this.input.value] : +this.input.value;
    this.typing = false;
    const typed = this.box.valueAsNumber;
    if (!Number.isFinite(typed)) return this.value;
    const high = stops ? stops.at(-1) : +this.input.max;
    return Math.max(this.stops[0], Math.min(high, stops ? typed : Math.round(typed)));
  }

  type() {
    this.typing = true;
  }

  show(value, high) {
    this.value = value;
    if (high !== undefined) this.input.max = high;
    this.input.value = String(this.place(value));
    const text = fill(this.spec.text, () => value);
    this.input.setAttribute("aria-valuetext", text);
    if (!this.typing) this.box[this.box.matches("input") ? "value" : "textContent"] = text;
  }
}

/** A choice of a few: radio buttons. Its value is the place of what is chosen. */
class Choice {
  constructor(spec) {
    this.spec = spec;
    this.element = Object.assign(document.createElement("div"), { className: "control", innerHTML: spec.html });
    this.element.dataset.id = spec.id;
    this.buttons = [...this.element.querySelectorAll("input")];
    for (const button of this.buttons) button.name = `course-${Date.now().toString(36)}-${made}`;
    made++;
  }

  place = (value) => 1e6 * value; // no other setting is as far away
  read = (from) => +from.value;

  show(value) {
    this.buttons.forEach((button, k) => (button.checked = k === value));
  }
}

// ---- the screen -----------------------------------------------------------------------------------------------

class Screen {
  rows = new Map();
  kept = null;
  wished = null; // the {key, settings} that were left for the nearest row's, while nobody answered

  /** kernel: {ask, rest}, as in `render`, or nothing where none answers. */
  constructor(scene, parent, still, kernel) {
    this.scene = scene;
    this.kernel = kernel;
    this.error = scene.error;
    for (const [key, row] of scene.rows ?? [[[], { columns: {}, length: 1, ended: true }]])
      this.rows.set(JSON.stringify(key), row);
    const ids = (role) => scene.controls.filter((spec) => spec.role === role).map((spec) => spec.id);
    this.keys = ids("row");
    this.count = ids("count")[0];
    this.frame = ids("frame")[0];
    this.settings = Object.fromEntries(scene.controls.map((spec) => [spec.id, spec.value]));
    this.ranges = Object.fromEntries(
      scene.controls.map((spec) => [spec.id, new (spec.options ? Choice : Range)(spec)]),
    );
    this.views = scene.views.map((spec) => new View(spec, still));
    parent.innerHTML = `<div class="course-screen" style="--zoom: ${scene.zoom}">
      <div class="course-controls"></div><div class="views" role="img" aria-label="${scene.name}"></div>
      <div class="legend" aria-hidden="true">${scene.legend}</div><div class="words" role="status"></div></div>`;
    this.root = parent.firstElementChild;
    this.root.screen = this;
    const [controls, views, , words] = this.root.children;
    controls.append(...Object.values(this.ranges).map((range) => range.element));
    for (const control of controls.querySelectorAll("input, button"))
      control.setAttribute("data-lm-suppress-shortcuts", "true"); // or JupyterLab would take the arrow keys
    views.append(...this.views.map((view) => view.element));
    this.words = words;
    const of = (event) => event.target.closest("[data-id]")?.dataset.id;
    const range = (event) => this.ranges[of(event)];
    const take = (event) => this.set(of(event), range(event).read(event.target));
    const typed = (event) => range(event)?.typing && take(event);
    controls.addEventListener("input", (event) => (event.target.type === "number" ? range(event).type() : take(event)));
    controls.addEventListener("change", typed);
    controls.addEventListener("focusout", typed);
    controls.addEventListener("keydown", (event) => event.stopPropagation());
    controls.addEventListener("click", (event) => this[event.target.dataset.do]?.(event.target, of(event)));
    this.change();
  }

  // What the buttons do; each is given itself and the name of its slider.
  preset = (button, id) => this.set(id, +button.dataset.value);
  go = (id, frame) => this.set(id, Math.max(0, Math.min(this.now.last, frame)));
  reset = (_, id) => this.go(id, 0);
  back = (_, id) => this.go(id, this.settings[id] - 1);
  step = (_, id) => this.go(id, this.settings[id] + 1);

  keep(button) {
    this.kept = this.kept ? null : { ...this.now, frame: this.now.last };
    button.setAttribute("aria-pressed", !!this.kept);
    this.draw();
  }

  play(button, id) {
    const playing = button.getAttribute("aria-pressed") === "true";
    clearInterval(this.timer);
    button.setAttribute("aria-pressed", !playing);
    if (playing) return;
    if (this.settings[id] >= this.now.last) this.go(id, 0);
    this.timer = setInterval(() => {
      if (this.settings[id] < this.now.last && button.isConnected) this.step(button, id);
      else this.play(button, id);
    }, 150);
  }

  /** Change a setting and draw it; tell the kernel when it rests. @param {string} id @param {number} value */
  set(id, value) {
    this.wished = null;
    const { snap, stops } = this.ranges[id].spec;
    const closer = (best, stop) => (Math.abs(stop - value) < Math.abs(best - value) ? stop : best);
    this.settings[id] = snap ? stops.reduce(closer) : value;
    if (this.kernel) this.error = ""; // if it is still wrong there, the kernel says so again
    if (this.count && id !== this.frame) this.settings[this.frame] = Infinity; // a new run shows its end
    this.change();
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.kernel?.rest(this.settings), 200);
  }

  /** Take what the kernel sends: rows, an error `at` a key, and what else is new. @param {any} head @param {any[]} rows */
  take({ error = "", at, forget, constants }, rows) {
    if (forget) this.rows.clear();
    for (const [key, row] of rows) this.rows.set(JSON.stringify(key), row);
    Object.assign((this.scene.constants ??= {}), constants);
    const told = [at, ...rows.map(([key]) => key)].map((key) => JSON.stringify(key));
    if (this.wished && told.includes(this.wished.key)) {
      Object.assign(this.settings, this.wished.settings); // late, but this is what was chosen, and nothing else since
      this.wished = null;
    }
    if ((error && !at) || told.includes(JSON.stringify(this.key))) this.error = error;
    this.change();
  }

  get key() {
    return this.keys.map((id) => this.settings[id]);
  }

  /** Find the row of the settings, or ask for it, and show it. */
  change() {
    const { key } = this, wanted = this.settings[this.count] ?? 0; // prettier-ignore
    let row = this.rows.get(JSON.stringify(key));
    const enough = row && (row.ended || row.length > wanted);
    const waits = !enough && !this.error && this.kernel?.ask(key, wanted);
    if (!enough && !waits && !this.error) row = this.nearest(key) ?? row;
    if (row && !waits) this.show(row, wanted);
    this.missing = this.wished ? this.scene.missing : "";
    for (const [id, range] of Object.entries(this.ranges))
      if (this.settings[id] < Infinity)
        // or it stands for the end of a run that is not there yet
        range.show(this.settings[id], id === this.frame && this.count ? this.now?.last : undefined);
    if (this.now && !waits) this.draw();
    else if (this.error) this.tell(this.error);
  }

  /** Return the row nearest to a key, the way that the slider moves if there is one, and take its settings: nobody
   * answers for the key itself. @param {number[]} key */
  nearest(key) {
    const way = (from, to) => this.keys.map((id, k) => this.ranges[id].place(to[k]) - this.ranges[id].place(from[k]));
    const far = (other) => way(key, other).reduce((sum, part) => sum + Math.abs(part), 0);
    const before = this.keys.map((id) => (this.now ?? this).settings[id]), wish = way(before, key); // prettier-ignore
    const ahead = (other) => way(before, other).some((part, k) => part * wish[k] > 0);
    const all = [...this.rows.keys()].map((text) => JSON.parse(text));
    const some = all.filter(ahead);
    const [first] = (some.length ? some : all).sort((one, other) => far(one) - far(other));
    this.wished = { key: JSON.stringify(key), settings: { ...this.settings } };
    this.keys.forEach((id, k) => (this.settings[id] = first?.[k] ?? this.settings[id]));
    return this.rows.get(JSON.stringify(first));
  }

  show(row, wanted) {
    const until = Math.min(wanted, row.length - 1);
    const last = this.count
      ? row.columns[this.scene.finite].findLastIndex((value, k) => k <= until && Number.isFinite(value))
      : 0;
    if (this.count) this.settings[this.frame] = Math.min(this.settings[this.frame], last);
    const place = this.frame ? this.ranges[this.frame].place(this.settings[this.frame]) : 0;
    this.now = { row, made: until, last, frame: this.frame ? Math.round(place) : 0, settings: { ...this.settings } };
  }

  draw() {
    const fits = (when) => Object.entries(when ?? {}).every(([id, value]) => this.settings[id] === value);
    const hidden = ({ kept, when }) => (kept && !this.kept) || !fits(when);
    for (const view of this.views) {
      view.scale(Math.max(this.now.made, this.kept?.made ?? 0));
      view.draw((item) => (hidden(item) ? [] : points(item, item.kept ? this.kept : this.now, this.scene)));
    }
    for (const mark of this.root.querySelectorAll("[data-when]")) mark.hidden = !fits(JSON.parse(mark.dataset.when));
    const kept = this.kept ? fill(this.scene.kept, (name) => valueOf(name, this.kept, this.scene)) : "";
    const more = { kept, missing: this.missing };
    const told = fill(this.scene.words, (name) => more[name] ?? valueOf(name, this.now, this.scene)).trim();
    this.tell(this.error || told);
  }

  tell(words) {
    if (this.words.textContent !== words) this.words.textContent = words;
  }
}

// ---- in a notebook, and in a page -----------------------------------------------------------------------------

/** The front end of the widget. @param {{model: any, el: HTMLElement}} place */
async function render({ model, el }) {
  const stills = model.get("stills").map((bytes) => URL.createObjectURL(new Blob([bytes], { type: "image/png" })));
  const named = Object.entries(model.get("sliders"));
  const find = async ([id, name]) => [id, await model.widget_manager.get_model(name.slice("IPY_MODEL_".length))];
  const sliders = await Promise.all(named.map(find));
  const send = (message) => {
    try {
      model.send(message);
      return true;
    } catch {
      return false; // the kernel is gone
    }
  };
  let wish = "", patience = 0, silent = false; // prettier-ignore
  /** Ask for a row, one at a time; return whether it is worth waiting for. */
  const ask = (key, epochs) => {
    if (patience) return true;
    if (wish === JSON.stringify([key, epochs])) return false;
    wish = JSON.stringify([key, epochs]);
    if (!send({ row: key, epochs }) || silent) return false;
    patience = window.setTimeout(() => {
      patience = 0;
      silent = true;
      screen.change();
    }, 3000);
    return true;
  };
  const trait = (slider) => (slider.get("value") === undefined ? "index" : "value"); // a choice has its place
  const rest = (settings) => {
    for (const [id, slider] of sliders) {
      if (slider.get(trait(slider)) === settings[id] || !Number.isFinite(settings[id])) continue;
      slider.set(trait(slider), settings[id]);
      slider.save_changes();
    }
    send({ rests: true });
  };
  const screen = new Screen(model.get("scene"), el, (number) => stills[number], { ask, rest });
  for (const [id, slider] of sliders) {
    const now = () => slider.get(trait(slider));
    slider.on(`change:${trait(slider)}`, () => now() !== screen.settings[id] && screen.set(id, now()));
  }
  let reading = Promise.resolve();
  model.on("msg:custom", (head, buffers) => {
    reading = reading.then(async () => {
      const rows = head.plain ?? (head.rows ? await unpack(head, buffers) : []);
      clearTimeout(patience);
      [wish, patience, silent] = ["", 0, false];
      screen.take(head, rows);
    });
  });
  send({ draws: true });
  return () => {
    send({ gone: true });
    stills.forEach((url) => URL.revokeObjectURL(url));
  };
}

/** Put a playground into a page that has no kernel. @param {HTMLElement} el @param {any} saved */
export async function start(el, { scene, stills, packs }) {
  const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const rows = await Promise.all(packs.map(({ head, buffers }) => unpack(head, buffers.map(bytes))));
  const screen = new Screen(scene, el, (number) => `data:image/png;base64,${stills[number]}`);
  screen.take({}, rows.flat());
  return screen;
}

/** Tell the kernel, as soon as this code runs in a browser, that it can draw. */
const initialize = ({ model }) => model.send({ loads: true });

export default { initialize, render };
