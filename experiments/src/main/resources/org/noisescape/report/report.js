/* Reads numbers off figures, zooms, and switches axes. Without it the page is whole. */
(function () {
  'use strict';
  const COLOURS = 6;
  const NEAR = 40;
  const DASHES = { dashed: '7 4', dotted: '2 3' };
  const WIDTHS = { thin: 0.9 };
  const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹';

  function paint(colour) {
    return colour === -1 ? 'var(--ink)' : 'var(--c' + (colour % COLOURS) + ')';
  }

  /* Four digits, as the tables have it. */
  function number(v) {
    if (v === null || v === undefined || !isFinite(v)) return '–';
    if (v === Math.round(v) && Math.abs(v) < 1e6) return String(v);
    const size = Math.abs(v);
    const text = size >= 1e-3 && size < 1e6 ? String(Number(v.toPrecision(4))) : v.toExponential(3);
    return text.replace('e+', 'e').replace('-', '−');
  }

  /* Text with its sub- and superscripts; never markup. */
  function write(parent, text) {
    const parts = String(text).replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '·')
      .split(/([_^](?:\{[^}]*\}|[A-Za-z0-9*]))/);
    parts.forEach(function (part, i) {
      if (i % 2 === 0) {
        parent.appendChild(document.createTextNode(part));
      } else {
        const raised = document.createElement(part[0] === '_' ? 'sub' : 'sup');
        raised.textContent = part.slice(1).replace(/[{}]/g, '');
        parent.appendChild(raised);
      }
    });
  }

  function Axis(reach, start, length, up) {
    this.low = reach.low;
    this.high = reach.high;
    this.log = reach.scale === 'log';
    this.start = start;
    this.length = length;
    this.up = up;
  }
  Axis.prototype.f = function (v) { return this.log ? Math.log10(v) : v; };
  Axis.prototype.at = function (v) {
    const share = (this.f(v) - this.f(this.low)) / (this.f(this.high) - this.f(this.low));
    return this.start + this.length * (this.up ? 1 - share : share);
  };
  Axis.prototype.value = function (p) {
    const share = (p - this.start) / this.length;
    const at = this.f(this.low) + (this.up ? 1 - share : share) * (this.f(this.high) - this.f(this.low));
    return this.log ? Math.pow(10, at) : at;
  };
  Axis.prototype.shows = function (v) { return v !== null && isFinite(v) && (!this.log || v > 0); };
  Axis.prototype.to = function (a, b) {
    if (Math.abs(this.f(b) - this.f(a)) > 1e-9 * Math.max(Math.abs(this.f(a)), Math.abs(this.f(b)))) {
      this.low = Math.min(a, b);
      this.high = Math.max(a, b);
    }
  };
  /* Zooms about the middle; below 1 into it. */
  Axis.prototype.scaled = function (factor) {
    const middle = (this.f(this.low) + this.f(this.high)) / 2;
    const half = factor * (this.f(this.high) - this.f(this.low)) / 2;
    this.to(this.log ? Math.pow(10, middle - half) : middle - half,
      this.log ? Math.pow(10, middle + half) : middle + half);
  };
  Axis.prototype.ticks = function () {
    const found = [];
    const add = function (v, text) { if (found.length < 400) found.push({ v: v, text: text }); };
    const decades = this.log ? Math.log10(this.high / this.low) : 0;
    if (decades >= 1) {
      const every = 1 + Math.floor(decades / 9);
      for (let k = Math.floor(Math.log10(this.low)); k <= Math.log10(this.high); k++) {
        const power = String(Math.abs(k)).split('').map(function (d) { return RAISED[Number(d)]; }).join('');
        add(Math.pow(10, k), k % every === 0 ? '10' + (k < 0 ? '⁻' : '') + power : '');
        for (let i = 2; i < 10 && decades < 9; i++) add(i * Math.pow(10, k), '');
      }
    } else {
      const raw = (this.high - this.low) / 6;
      const unit = Math.pow(10, Math.floor(Math.log10(raw)));
      const step = [1, 2, 5, 10].map(function (m) { return m * unit; }).find(function (s) { return s >= raw; });
      const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
      const far = Math.max(Math.abs(this.low), Math.abs(this.high));
      for (let i = Math.ceil(this.low / step); i * step <= this.high && found.length < 20; i++) {
        const plain = digits < 7 && far < 1e6;
        add(i * step, (plain ? (i * step).toFixed(digits) : (i * step).toExponential(2)).replace('-', '−'));
      }
    }
    const low = this.low, high = this.high;
    return found.filter(function (t) { return t.v >= low && t.v <= high; });
  };

  function Plot(figure, data) {
    this.figure = figure;
    this.data = data;
    this.svg = figure.querySelector('svg');
    this.cells = data.marks.find(function (m) { return m.kind === 'cells'; });
    this.named = Boolean(data.x.categories || data.y.categories);
    this.reset();
    this.points = this.cells ? [] : this.collected();
    this.tip = document.createElement('div');
    this.tip.className = 'tip';
    this.tip.hidden = true;
    figure.appendChild(this.tip);
    this.listen();
    if (!this.cells && !this.named) this.buttons();
  }

  Plot.prototype.reset = function () {
    const p = this.data.plot;
    this.x = new Axis(p.x, p.left, p.width, false);
    this.y = new Axis(p.y, p.top, p.height, true);
  };

  /* All points with a value; of a line the half width of a band of its colour is its error. */
  Plot.prototype.collected = function () {
    const bands = {};
    this.data.marks.forEach(function (m) {
      if (m.kind === 'band') {
        m.x.forEach(function (x, i) {
          if (m.lower[i] !== null && m.upper[i] !== null) bands[m.colour + ' ' + x] = [m.lower[i], m.upper[i]];
        });
      }
    });
    const points = [];
    const names = {};
    this.data.marks.forEach(function (m) {
      if (m.name && !names[m.colour]) names[m.colour] = m.name;
    });
    this.data.marks.forEach(function (m) {
      if (m.kind !== 'points' && m.kind !== 'line') return;
      m.x.forEach(function (x, i) {
        const y = m.y[i];
        if (x === null || y === null) return;
        const band = bands[m.colour + ' ' + x];
        const within = m.kind === 'line' && m.stroke === 'solid' || m.kind === 'points';
        points.push({
          x: x, y: y, colour: m.colour, name: m.name || names[m.colour] || '',
          error: m.error && m.error[i] > 0 ? m.error[i] : 0,
          band: within && band && band[0] <= y && y <= band[1] ? band : null
        });
      });
    });
    return points;
  };

  Plot.prototype.place = function (event) {
    const at = this.svg.createSVGPoint();
    at.x = event.clientX;
    at.y = event.clientY;
    return at.matrixTransform(this.svg.getScreenCTM().inverse());
  };
  Plot.prototype.inside = function (at) {
    const p = this.data.plot;
    return at.x >= p.left && at.x <= p.left + p.width && at.y >= p.top && at.y <= p.top + p.height;
  };

  Plot.prototype.make = function (parent, name, attributes) {
    const node = document.createElementNS(this.svg.namespaceURI, name);
    Object.keys(attributes).forEach(function (key) { node.setAttribute(key, attributes[key]); });
    parent.appendChild(node);
    return node;
  };

  Plot.prototype.listen = function () {
    const plot = this;
    const svg = this.svg;
    let from = null;
    svg.addEventListener('pointerdown', function (event) {
      const at = plot.place(event);
      if (event.pointerType !== 'mouse') plot.hover(at);
      if (event.pointerType !== 'mouse' || event.button !== 0 || plot.cells || plot.named || !plot.inside(at)) return;
      event.preventDefault();
      svg.setPointerCapture(event.pointerId);
      from = at;
    });
    svg.addEventListener('pointermove', function (event) {
      const at = plot.place(event);
      if (from) plot.frame(from, at); else plot.hover(at);
    });
    svg.addEventListener('pointerup', function (event) {
      const at = plot.place(event);
      plot.frame(null);
      if (from && Math.abs(at.x - from.x) > 6 && Math.abs(at.y - from.y) > 6) {
        const p = plot.data.plot;
        const x = Math.min(Math.max(at.x, p.left), p.left + p.width);
        const y = Math.min(Math.max(at.y, p.top), p.top + p.height);
        const ends = [plot.x.value(from.x), plot.x.value(x), plot.y.value(from.y), plot.y.value(y)];
        plot.x.to(ends[0], ends[1]);
        plot.y.to(ends[2], ends[3]);
        plot.draw();
      }
      from = null;
    });
    svg.addEventListener('pointercancel', function () { from = null; plot.frame(null); });
    svg.addEventListener('pointerleave', function (event) {
      if (event.pointerType === 'mouse') plot.hide();
    });
    svg.addEventListener('dblclick', function () { plot.reset(); plot.draw(); });
  };

  Plot.prototype.frame = function (a, b) {
    if (this.box) this.box.remove();
    this.box = a && this.make(this.svg, 'rect', {
      x: Math.min(a.x, b.x), y: Math.min(a.y, b.y), width: Math.abs(a.x - b.x), height: Math.abs(a.y - b.y),
      style: 'fill:var(--link);fill-opacity:0.15;stroke:var(--link)'
    });
  };

  Plot.prototype.hide = function () {
    this.tip.hidden = true;
    if (this.ring) this.ring.remove();
  };

  Plot.prototype.hover = function (at) {
    this.hide();
    if (!this.inside(at)) return;
    if (this.cells) {
      this.hoverCell(at);
      return;
    }
    let best = null, least = NEAR * NEAR;
    const x = this.x, y = this.y;
    this.points.forEach(function (p) {
      if (!x.shows(p.x) || !y.shows(p.y)) return;
      const dx = x.at(p.x) - at.x, dy = y.at(p.y) - at.y;
      if (dx * dx + dy * dy < least) { least = dx * dx + dy * dy; best = p; }
    });
    if (!best || !this.inside({ x: x.at(best.x), y: y.at(best.y) })) return;
    let error = best.error ? ' ± ' + number(best.error) : '';
    if (!error && best.band) {
      const down = best.y - best.band[0], up = best.band[1] - best.y;
      const even = Math.abs(up - down) <= 0.02 * Math.abs(up + down);
      error = up + down > 0 ? even ? ' ± ' + number((up + down) / 2) : ' (' + number(best.band[0]) + ' to ' + number(best.band[1]) + ')' : '';
    }
    this.show(best.name, [[this.data.x.label, this.named && this.data.x.categories ? this.data.x.categories[best.x] : number(best.x)],
      [this.data.y.label, number(best.y) + error]], x.at(best.x), y.at(best.y));
    this.ring = this.make(this.svg, 'circle', { cx: x.at(best.x), cy: y.at(best.y), r: 6, style: 'fill:none;stroke-width:2;pointer-events:none;stroke:' + paint(best.colour) });
  };

  Plot.prototype.hoverCell = function (at) {
    const column = Math.round(this.x.value(at.x)), row = Math.round(this.y.value(at.y));
    const cells = this.cells.rows[row];
    if (!cells || cells.values[column] === undefined) return;
    const value = cells.values[column], text = cells.labels[column];
    const lines = [[this.data.x.label, (this.data.x.categories || [])[column]], [this.data.y.label, (this.data.y.categories || [])[row]],
      [this.cells.name, number(value)]];
    if (text && text !== number(value)) lines.push(['', text]);
    this.show('', lines, this.x.at(column), this.y.at(row));
  };

  Plot.prototype.show = function (name, lines, px, py) {
    const tip = this.tip;
    tip.textContent = '';
    if (name) write(tip.appendChild(document.createElement('strong')), name);
    lines.forEach(function (line) {
      const row = tip.appendChild(document.createElement('div'));
      write(row, (line[0] ? line[0] + ': ' : '') + (line[1] === undefined ? '–' : line[1]));
    });
    tip.hidden = false;
    const box = this.svg.getBoundingClientRect(), own = this.figure.getBoundingClientRect();
    const scale = box.width / this.svg.viewBox.baseVal.width;
    const left = box.left - own.left + px * scale, top = box.top - own.top + py * scale;
    tip.style.left = Math.max(0, Math.min(left + 12, own.width - tip.offsetWidth - 4)) + 'px';
    tip.style.top = (top > tip.offsetHeight + 12 ? top - tip.offsetHeight - 10 : top + 14) + 'px';
  };

  Plot.prototype.buttons = function () {
    const plot = this;
    const bar = document.createElement('div');
    bar.className = 'tools';
    const add = function (text, title, action) {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = text;
      button.title = title;
      button.setAttribute('aria-label', title);
      button.addEventListener('click', function () { action(button); plot.draw(); });
      bar.appendChild(button);
      return button;
    };
    add('+', 'zoom in', function () { plot.x.scaled(0.5); plot.y.scaled(0.5); });
    add('−', 'zoom out', function () { plot.x.scaled(2); plot.y.scaled(2); });
    add('reset', 'as drawn', function () { plot.reset(); });
    plot.switches = ['x', 'y'].filter(function (key) { return plot.switchable(key); }).map(function (key) {
      const button = add('', 'linear or logarithmic', function () { plot.turn(key); });
      return { key: key, button: button };
    });
    this.figure.insertBefore(bar, this.figure.querySelector('figcaption'));
    this.label();
  };

  Plot.prototype.label = function () {
    const plot = this;
    (this.switches || []).forEach(function (s) {
      s.button.textContent = s.key + (plot[s.key].log ? ' linear' : ' log');
    });
  };

  Plot.prototype.values = function (key) {
    return this.points.map(function (p) { return p[key]; });
  };
  Plot.prototype.switchable = function (key) {
    const all = this.values(key);
    return all.length > 0 && all.every(function (v) { return v > 0; });
  };
  Plot.prototype.turn = function (key) {
    const axis = this[key];
    const all = this.values(key);
    const low = all.reduce(function (a, b) { return Math.min(a, b); });
    const high = all.reduce(function (a, b) { return Math.max(a, b); });
    axis.log = !axis.log;
    const a = axis.f(low), b = axis.f(high);
    const margin = b > a ? 0.03 * (b - a) : 0.5 * Math.max(1e-12, axis.log ? 1 : Math.abs(a));
    axis.low = axis.log ? Math.pow(10, a - margin) : a - margin;
    axis.high = axis.log ? Math.pow(10, b + margin) : b + margin;
  };

  /* Draws the plot over the one that is there; as drawn at first, that one is shown. */
  Plot.prototype.draw = function () {
    this.hide();
    this.label();
    if (this.over) this.over.remove();
    this.over = null;
    const p = this.data.plot, plot = this;
    const same = ['x', 'y'].every(function (k) {
      return plot[k].low === p[k].low && plot[k].high === p[k].high && plot[k].log === (p[k].scale === 'log');
    });
    this.texts(same);
    if (same) return;
    const over = this.over = this.make(this.svg, 'g', { 'class': 'over' });
    this.make(over, 'rect', { x: p.left - 8, y: p.top - 1, width: p.width + 16, height: p.height + 9, style: 'fill:var(--paper)' });
    const inner = this.make(over, 'svg', { x: p.left, y: p.top, width: p.width, height: p.height, viewBox: [p.left, p.top, p.width, p.height].join(' ') });
    const bottom = p.top + p.height;
    [this.x, this.y].forEach(function (axis) {
      axis.ticks().forEach(function (tick) {
        const at = axis.at(tick.v);
        const long = tick.text ? 6 : 3;
        const line = axis.up ? { x1: p.left - long, x2: p.left, y1: at, y2: at } : { x1: at, x2: at, y1: bottom, y2: bottom + long };
        line.style = 'stroke:var(--ink)';
        plot.make(over, 'line', line);
        if (!tick.text) return;
        plot.make(inner, 'line', axis.up ? { x1: p.left, x2: p.left + p.width, y1: at, y2: at, style: 'stroke:var(--grid)' }
          : { x1: at, x2: at, y1: p.top, y2: bottom, style: 'stroke:var(--grid)' });
        const text = plot.make(over, 'text', axis.up ? { x: p.left - 9, y: at + 4.5, 'text-anchor': 'end' } : { x: at, y: bottom + 20, 'text-anchor': 'middle' });
        text.setAttribute('style', 'fill:var(--ink);font:13px sans-serif');
        text.textContent = tick.text;
      });
    });
    this.data.marks.forEach(function (m) { plot.mark(inner, m); });
    this.make(over, 'rect', { x: p.left, y: p.top, width: p.width, height: p.height, style: 'fill:none;stroke:var(--ink)' });
  };

  /* Hides or shows the labels of ticks that were drawn at first. */
  Plot.prototype.texts = function (shown) {
    const p = this.data.plot, svg = this.svg;
    const box = svg.getBoundingClientRect();
    const scale = box.width / svg.viewBox.baseVal.width;
    if (!this.labels) {
      this.labels = Array.from(svg.querySelectorAll('text')).filter(function (text) {
        const own = text.getBoundingClientRect();
        const left = (own.left - box.left) / scale, right = (own.right - box.left) / scale;
        const top = (own.top - box.top) / scale, bottom = (own.bottom - box.top) / scale;
        const beside = right <= p.left + 2 && left >= 20 && bottom >= p.top - 12 && top <= p.top + p.height + 12;
        return beside || top >= p.top + p.height - 2 && bottom <= p.top + p.height + 27;
      });
    }
    this.labels.forEach(function (text) { text.style.visibility = shown ? '' : 'hidden'; });
  };

  Plot.prototype.mark = function (parent, m) {
    const x = this.x, y = this.y, plot = this, colour = m.colour === undefined ? 0 : m.colour;
    if (m.kind === 'span') {
      this.make(parent, 'rect', { x: x.at(m.from), y: y.start, width: Math.max(0, x.at(m.to) - x.at(m.from)), height: y.length, style: 'fill-opacity:0.16;fill:' + paint(colour) });
    } else if (m.kind === 'band') {
      const kept = m.x.map(function (v, i) { return i; }).filter(function (i) { return x.shows(m.x[i]) && y.shows(m.upper[i]) && m.lower[i] !== null; });
      const floor = function (v) { return y.shows(v) ? y.at(v) : y.start + y.length + 50; };
      const top = kept.map(function (i) { return x.at(m.x[i]) + ' ' + y.at(m.upper[i]); });
      const below = kept.map(function (i) { return x.at(m.x[i]) + ' ' + floor(m.lower[i]); }).reverse();
      if (kept.length) this.make(parent, 'path', { d: 'M' + top.concat(below).join('L') + 'Z', style: 'fill-opacity:0.16;fill:' + paint(colour) });
    } else if (m.kind === 'line') {
      const path = m.x.map(function (v, i) { return x.shows(v) && y.shows(m.y[i]) ? x.at(v) + ' ' + y.at(m.y[i]) : null; }).filter(Boolean);
      if (path.length) this.make(parent, 'path', { d: 'M' + path.join('L'), style: 'fill:none;stroke-width:' + (WIDTHS[m.stroke] || 1.8) + ';stroke-dasharray:' + (DASHES[m.stroke] || 'none') + ';stroke:' + paint(colour) });
    } else if (m.kind === 'points') {
      m.x.forEach(function (v, i) {
        if (!x.shows(v) || !y.shows(m.y[i])) return;
        const px = x.at(v), py = y.at(m.y[i]), e = m.error ? m.error[i] : 0;
        if (e > 0) {
          const low = y.shows(m.y[i] - e) ? y.at(m.y[i] - e) : y.start + y.length;
          plot.make(parent, 'line', { x1: px, x2: px, y1: low, y2: y.at(m.y[i] + e), style: 'stroke:' + paint(colour) });
        }
        const d = ['M-2.3 0a2.3 2.3 0 1 0 4.6 0a2.3 2.3 0 1 0-4.6 0', 'M-2.3-2.3h4.6v4.6h-4.6z', 'M0-2.9L2.8 2.3H-2.8z', 'M0-3.1L3.1 0L0 3.1L-3.1 0z'][Math.max(colour, 0) % 4];
        plot.make(parent, 'path', { d: d, transform: 'translate(' + px + ' ' + py + ')', style: 'stroke:none;fill:' + paint(colour) });
      });
    }
  };

  document.querySelectorAll('figure').forEach(function (figure) {
    const script = figure.querySelector('script[type="application/json"]');
    if (script && figure.querySelector('svg')) new Plot(figure, JSON.parse(script.textContent));
  });
  /* What is printed is what was drawn. */
})();
