/* Reads numbers off figures, zooms, switches axes, sorts tables. Without it the page is whole. */
(() => {
  'use strict';
  const COLOURS = 6, NEAR = 40, ROWS = 10,
    DASHES = { dashed: '7 3.5', dotted: '1.8 2.6', 'dash-dot': '8 3 1.8 3', 'thin-dashed': '6 3', 'thin-dotted': '1.5 2.5' };
  const SYMBOLS = ['M-2.6 0a2.6 2.6 0 1 0 5.2 0a2.6 2.6 0 1 0-5.2 0', 'M-2.4-2.4h4.8v4.8h-4.8z', 'M0-3.2L3.1 2.6H-3.1z',
    'M0-3.6L3.6 0L0 3.6L-3.6 0z', 'M0 3.2L3.1-2.6H-3.1z', 'M-3.4-1h2.4v-2.4h2v2.4h2.4v2h-2.4v2.4h-2v-2.4h-2.4z'];
  const SCRIPTS = /(\^(?:\{[^{}]*\}|[-−]?[0-9.]+|[\p{L}*])|_\{[^{}]*\}|(?<=(?<![A-Za-z_])\p{L}[′*]?)_[\p{L}\p{N}]+)/u;
  const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

  const paint = colour => colour === -1 ? 'var(--ink)' : `var(--c${colour % COLOURS})`;

  /* Four digits, as the tables have it. */
  function number(v) {
    if (v === null || v === undefined || !isFinite(v)) return '–';
    const size = Math.abs(v);
    if (v === Math.round(v) && size < 1e6) return String(v).replace('-', '−');
    const plain = size >= 1e-3 && size < 1e6;
    return (plain ? String(Number(v.toPrecision(4))) : v.toExponential(3).replace('e+', 'e')).replace(/-/g, '−');
  }

  /* Text with its sub- and superscripts, never markup. */
  function write(parent, text) {
    String(text).replace(UNSEEN, '·').split(SCRIPTS).forEach((part, i) => {
      const node = parent.appendChild(i % 2 ? document.createElement(part[0] === '_' ? 'sub' : 'sup') : new Text());
      node.textContent = i % 2 ? part.slice(1).replace(/[{}]/g, '') : part;
    });
  }

  /* Numbers along one side of a plot. */
  class Axis {
    constructor(reach, start, length, up) {
      Object.assign(this, { low: reach.low, high: reach.high, log: reach.scale === 'log', start, length, up });
    }
    f(v) { return this.log ? Math.log10(v) : v; }
    g(t) { return this.log ? Math.pow(10, t) : t; }
    at(v) {
      const share = (this.f(v) - this.f(this.low)) / (this.f(this.high) - this.f(this.low));
      return this.start + this.length * (this.up ? 1 - share : share);
    }
    value(p) {
      const share = this.up ? 1 - (p - this.start) / this.length : (p - this.start) / this.length;
      return this.g(this.f(this.low) + share * (this.f(this.high) - this.f(this.low)));
    }
    shows(v) { return v !== null && isFinite(v) && (!this.log || v > 0); }
    to(a, b) {
      const width = Math.abs(this.f(b) - this.f(a));
      const fine = isFinite(width) && width > 1e-9 * Math.max(Math.abs(this.f(a)), Math.abs(this.f(b)));
      if (fine) Object.assign(this, { low: Math.min(a, b), high: Math.max(a, b) });
    }
    /* Zooms about the middle; by less than 1 into it. */
    scale(factor) {
      const middle = (this.f(this.low) + this.f(this.high)) / 2;
      const half = factor * (this.f(this.high) - this.f(this.low)) / 2;
      this.to(this.g(middle - half), this.g(middle + half));
    }
    ticks() {
      const found = [];
      const decades = this.log ? Math.log10(this.high / this.low) : 0;
      if (decades >= 1) {
        const every = 1 + Math.floor(decades / 9);
        const raised = k => (k < 0 ? '⁻' : '') + String(Math.abs(k)).replace(/\d/g, d => '⁰¹²³⁴⁵⁶⁷⁸⁹'[d]);
        for (let k = Math.floor(Math.log10(this.low)); k <= Math.log10(this.high) && found.length < 700; k++) {
          found.push({ v: Math.pow(10, k), text: k % every === 0 ? '10' + raised(k) : '' });
          for (let i = 2; i < 10 && decades < 9; i++) found.push({ v: i * Math.pow(10, k), text: '' });
        }
      } else {
        const raw = (this.high - this.low) / 6;
        const unit = Math.pow(10, Math.floor(Math.log10(raw)));
        const step = [1, 2, 5].map(m => m * unit).find(s => s >= raw) || 10 * unit;
        const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
        const plain = digits < 7 && Math.max(Math.abs(this.low), Math.abs(this.high)) < 1e6;
        for (let i = Math.ceil(this.low / step); i * step <= this.high && found.length < 20; i++) {
          const text = plain ? (i * step).toFixed(digits) : (i * step).toExponential(2);
          found.push({ v: i * step, text: text.replace(/-/g, '−') });
        }
      }
      return found.filter(t => t.v >= this.low && t.v <= this.high);
    }
  }

  class Plot {
    constructor(figure, data) {
      Object.assign(this, { figure, data, area: data.plot, svg: figure.querySelector('svg') });
      this.cells = data.marks.find(m => m.kind === 'cells');
      this.fixed = Boolean(this.cells || data.x.categories || data.y.categories);
      this.points = this.cells ? [] : this.collected();
      this.tip = figure.appendChild(document.createElement('div'));
      this.tip.className = 'tip';
      this.reset();
      this.hide();
      this.listen();
      if (!this.fixed) this.buttons();
    }

    reset() {
      this.x = new Axis(this.area.x, this.area.left, this.area.width, false);
      this.y = new Axis(this.area.y, this.area.top, this.area.height, true);
    }

    /* All points; the error of one on a line is the band of its colour there. */
    collected() {
      const bands = new Map(), names = new Map(), points = [];
      for (const m of this.data.marks) {
        if (m.name && !names.has(m.colour)) names.set(m.colour, m.name);
        if (m.kind === 'band') m.x.forEach((x, i) => bands.set(m.colour + ' ' + x, [m.lower[i], m.upper[i]]));
      }
      for (const m of this.data.marks.filter(m => m.kind === 'points' || m.kind === 'line')) {
        m.x.forEach((x, i) => {
          const y = m.y[i], band = bands.get(m.colour + ' ' + x);
          if (x === null || y === null) return;
          const fits = m.stroke !== 'thin' && band && band[0] !== null && y >= band[0] && band[1] >= y;
          points.push({ x, y, colour: m.colour, name: m.name || names.get(m.colour) || '',
            error: m.error && m.error[i] > 0 ? m.error[i] : 0, band: fits ? band : null });
        });
      }
      return points;
    }

    make(parent, name, attributes) {
      const node = document.createElementNS(this.svg.namespaceURI, name);
      for (const key in attributes) node.setAttribute(key, attributes[key]);
      return parent.appendChild(node);
    }
    place(event) {
      return new DOMPoint(event.clientX, event.clientY).matrixTransform(this.svg.getScreenCTM().inverse());
    }
    inside(at) {
      const p = this.area;
      return at.x >= p.left && at.x <= p.left + p.width && at.y >= p.top && at.y <= p.top + p.height;
    }

    listen() {
      let from = null;
      const svg = this.svg;
      svg.addEventListener('pointerdown', event => {
        const at = this.place(event);
        if (event.pointerType !== 'mouse') this.hover(at);
        if (event.pointerType !== 'mouse' || event.button !== 0 || this.fixed || !this.inside(at)) return;
        event.preventDefault();
        svg.setPointerCapture(event.pointerId);
        from = at;
        this.hide();
      });
      svg.addEventListener('pointermove', event => from ? this.frame(from, this.place(event)) : this.hover(this.place(event)));
      svg.addEventListener('pointerup', event => {
        const at = this.place(event), p = this.area;
        this.frame();
        if (from && Math.abs(at.x - from.x) > 6 && Math.abs(at.y - from.y) > 6) {
          this.x.to(this.x.value(from.x), this.x.value(Math.min(Math.max(at.x, p.left), p.left + p.width)));
          this.y.to(this.y.value(from.y), this.y.value(Math.min(Math.max(at.y, p.top), p.top + p.height)));
          this.draw();
        }
        from = null;
      });
      svg.addEventListener('pointercancel', () => { from = null; this.frame(); });
      svg.addEventListener('pointerleave', event => { if (event.pointerType === 'mouse') this.hide(); });
      svg.addEventListener('dblclick', () => { this.reset(); this.draw(); });
    }

    frame(a, b) {
      this.box?.remove();
      this.box = a && this.make(this.svg, 'rect', { x: Math.min(a.x, b.x), y: Math.min(a.y, b.y), width: Math.abs(a.x - b.x),
        height: Math.abs(a.y - b.y), style: 'fill:var(--link);fill-opacity:0.15;stroke:var(--link)' });
    }
    hide() { this.tip.hidden = true; this.ring?.remove(); }
    hover(at) {
      this.hide();
      if (!this.inside(at)) return;
      if (this.cells) return void this.hoverCell(at);
      let best = null, least = NEAR * NEAR;
      for (const p of this.points) {
        if (!this.x.shows(p.x) || !this.y.shows(p.y)) continue;
        const px = this.x.at(p.x), py = this.y.at(p.y), far = (px - at.x) ** 2 + (py - at.y) ** 2;
        if (far < least && this.inside({ x: px, y: py })) [least, best] = [far, p];
      }
      if (!best) return;
      const { x, y } = this.data, cx = this.x.at(best.x), cy = this.y.at(best.y);
      const name = (axis, v) => axis.categories ? axis.categories[v] : number(v);
      this.show(best.name, [[x.label, name(x, best.x)], [y.label, name(y, best.y) + this.error(best)]], cx, cy);
      const style = 'fill:none;stroke-width:2;pointer-events:none;stroke:' + paint(best.colour);
      this.ring = this.make(this.svg, 'circle', { cx, cy, r: 6, style });
    }
    error(p) {
      if (p.error || !p.band) return p.error ? ' ± ' + number(p.error) : '';
      const down = p.y - p.band[0], up = p.band[1] - p.y;
      if (up + down === 0) return '';
      const even = Math.abs(up - down) <= 0.02 * (up + down);
      return even ? ' ± ' + number((up + down) / 2) : ` (${number(p.band[0])} to ${number(p.band[1])})`;
    }
    hoverCell(at) {
      const { x, y } = this.data, column = Math.round(this.x.value(at.x)), row = Math.round(this.y.value(at.y));
      const cells = this.cells.rows[row];
      if (!cells || cells.values[column] === undefined) return;
      const lines = [[x.label, (x.categories || [])[column]], [y.label, (y.categories || [])[row]], [this.cells.name, number(cells.values[column])]];
      if (cells.labels[column] && cells.labels[column] !== lines[2][1]) lines.push(['', cells.labels[column]]);
      this.show('', lines, this.x.at(column), this.y.at(row));
    }
    show(name, lines, px, py) {
      const tip = this.tip;
      tip.textContent = '';
      if (name) write(tip.appendChild(document.createElement('strong')), name);
      for (const [label, text = '–'] of lines) write(tip.appendChild(document.createElement('div')), (label ? label + ': ' : '') + text);
      tip.hidden = false;
      const box = this.svg.getBoundingClientRect(), own = this.figure.getBoundingClientRect(), scale = box.width / this.svg.viewBox.baseVal.width;
      const left = box.left - own.left + px * scale, top = box.top - own.top + py * scale;
      tip.style.left = Math.max(0, Math.min(left + 12, own.width - tip.offsetWidth - 4)) + 'px';
      tip.style.top = (top > tip.offsetHeight + 12 ? top - tip.offsetHeight - 10 : top + 14) + 'px';
    }

    buttons() {
      const bar = document.createElement('div');
      bar.className = 'tools';
      const add = (text, title, action) => {
        const button = Object.assign(bar.appendChild(document.createElement('button')), { type: 'button', textContent: text, title, ariaLabel: title });
        button.addEventListener('click', () => { action(); this.draw(); });
        return button;
      };
      add('+', 'zoom in', () => { this.x.scale(0.5); this.y.scale(0.5); });
      add('−', 'zoom out', () => { this.x.scale(2); this.y.scale(2); });
      add('reset', 'as drawn', () => this.reset());
      const whole = key => this.points.length > 0 && this.points.every(p => p[key] > 0);
      this.switches = ['x', 'y'].filter(whole).map(key => ({ key, button: add('', `${key} axis linear or logarithmic`, () => this.turn(key)) }));
      this.figure.insertBefore(bar, this.figure.querySelector('figcaption'));
      this.draw();
    }
    turn(key) {
      const axis = this[key];
      axis.log = !axis.log;
      const ends = this.points.map(p => axis.f(p[key]));
      const low = ends.reduce((a, b) => Math.min(a, b)), high = ends.reduce((a, b) => Math.max(a, b));
      const margin = high > low ? 0.03 * (high - low) : axis.log ? 0.5 : 0.5 * Math.abs(high) || 1;
      Object.assign(axis, { low: axis.g(low - margin), high: axis.g(high + margin) });
    }

    /* Draws over the plot that is there; as drawn at first, that one is shown. */
    draw() {
      const p = this.area, bottom = p.top + p.height;
      this.hide();
      for (const s of this.switches) s.button.textContent = s.key + (this[s.key].log ? ' linear' : ' log');
      this.over?.remove();
      const same = ['x', 'y'].every(k => this[k].low === p[k].low && this[k].high === p[k].high && this[k].log === (p[k].scale === 'log'));
      if (!same || this.labels) this.texts(same);
      if (same) return;
      const over = this.over = this.make(this.svg, 'g', { 'class': 'over' });
      this.make(over, 'rect', { x: p.left - 8, y: p.top - 1, width: p.width + 10, height: p.height + 9, style: 'fill:var(--paper)' });
      const inner = this.make(over, 'svg', { x: p.left, y: p.top, width: p.width, height: p.height, viewBox: [p.left, p.top, p.width, p.height].join(' ') });
      for (const axis of [this.x, this.y]) {
        for (const tick of axis.ticks()) {
          const at = axis.at(tick.v), long = tick.text ? 6 : 3;
          const line = (parent, from, to, style) => this.make(parent, 'line', axis.up ? { x1: p.left + from, x2: p.left + to, y1: at, y2: at, style }
            : { x1: at, x2: at, y1: bottom - from, y2: bottom - to, style });
          line(over, -long, 0, 'stroke:var(--ink)');
          if (!tick.text) continue;
          line(inner, 0, axis.up ? p.width : p.height, 'stroke:var(--grid)');
          this.make(over, 'text', Object.assign({ style: 'fill:var(--ink);font:13px sans-serif' }, axis.up
            ? { x: p.left - 9, y: at + 4.5, 'text-anchor': 'end' } : { x: at, y: bottom + 20, 'text-anchor': 'middle' })).textContent = tick.text;
        }
      }
      for (const m of this.data.marks) this.mark(inner, m);
      this.make(over, 'rect', { x: p.left, y: p.top, width: p.width, height: p.height, style: 'fill:none;stroke:var(--ink);pointer-events:none' });
    }

    /* Hides or shows the labels of ticks that were drawn at first. */
    texts(shown) {
      const p = this.area, box = this.svg.getBoundingClientRect(), scale = box.width / this.svg.viewBox.baseVal.width;
      this.labels = this.labels || Array.from(this.svg.querySelectorAll('text')).filter(text => {
        const own = text.getBoundingClientRect(), floor = p.top + p.height, left = (own.left - box.left) / scale;
        const top = (own.top - box.top) / scale, right = (own.right - box.left) / scale, low = (own.bottom - box.top) / scale;
        return right <= p.left + 2 && left >= 20 && low >= p.top - 12 && top <= floor + 12 || top >= floor - 2 && low <= floor + 27;
      });
      for (const text of this.labels) text.style.visibility = shown ? '' : 'hidden';
    }

    mark(parent, m) {
      const { x, y } = this, floor = y.start + y.length, colour = m.colour || 0;
      const path = (d, style) => this.make(parent, 'path', { d, style });
      const kept = (m.x || []).map((v, i) => i).filter(i => x.shows(m.x[i]) && y.shows((m.y || m.upper)[i]));
      const points = (values, low) => kept.map(i => x.at(m.x[i]) + ' ' + (y.shows(values[i]) ? y.at(values[i]) : low));
      if (m.kind === 'span') {
        const a = x.shows(m.from) ? x.at(m.from) : x.start, b = x.at(m.to);
        path(`M${a} ${y.start}H${b}V${floor}H${a}Z`, 'fill-opacity:0.16;fill:' + paint(colour));
      } else if (m.kind === 'band' && kept.length) {
        path('M' + points(m.upper).concat(points(m.lower, floor + 50).reverse()).join('L') + 'Z', 'fill-opacity:0.16;fill:' + paint(colour));
      } else if (m.kind === 'line' && kept.length) {
        path('M' + points(m.y).join('L'), `fill:none;stroke-width:${m.stroke.startsWith('thin') ? 0.9 : 1.8};stroke-dasharray:${DASHES[m.stroke] || 'none'};stroke:${paint(colour)}`);
      } else if (m.kind === 'points') {
        for (const i of kept) {
          const px = x.at(m.x[i]), e = m.error && m.error[i];
          if (e > 0) path(`M${px} ${y.shows(m.y[i] - e) ? y.at(m.y[i] - e) : floor}V${y.at(m.y[i] + e)}`, 'stroke:' + paint(colour));
          path(SYMBOLS[Math.max(colour, 0) % COLOURS], 'fill:' + paint(colour)).setAttribute('transform', `translate(${px} ${y.at(m.y[i])})`);
        }
      }
    }
  }

  /* Rows by the column whose head is chosen: as numbers where they begin with one, what has none behind. */
  function sortable(table) {
    const [first, ...rows] = table.rows;
    const plain = row => row.parentNode === first.parentNode;
    if (rows.length < ROWS || table.tHead || !rows.every(plain) || [...first.cells].some(c => c.tagName !== 'TH')) return;
    [...first.cells].forEach((head, column) => {
      const choose = () => {
        const down = head.getAttribute('aria-sort') === 'ascending', sign = down ? -1 : 1;
        for (const other of first.cells) other.setAttribute('aria-sort', 'none');
        head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
        const keys = new Map(rows.map(row => {
          const text = (row.cells[column]?.textContent || '').trim(), value = parseFloat(text.replace(/−/g, '-'));
          return [row, { text, value }];
        }));
        const order = (a, b) => isNaN(a.value) || isNaN(b.value)
          ? isNaN(a.value) - isNaN(b.value) || sign * a.text.localeCompare(b.text) : sign * (a.value - b.value);
        rows.sort((a, b) => order(keys.get(a), keys.get(b)));
        first.after(...rows);
      };
      Object.assign(head, { tabIndex: 0, title: 'sort by this column' }).setAttribute('aria-sort', 'none');
      head.addEventListener('click', choose);
      head.addEventListener('keydown', event => { if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); choose(); } });
    });
  }

  document.querySelectorAll('table').forEach(sortable);
  for (const script of document.querySelectorAll('figure > script[type="application/json"]')) {
    new Plot(script.parentNode, JSON.parse(script.textContent));
  }
})();
