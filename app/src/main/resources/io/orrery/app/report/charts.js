'use strict';
// From the figures in the page's data to options of Apache ECharts. One function per kind of figure; no state of its own.
// A figure: {kind, variants, lines: [{s: setting, v: variant, x: index of a step list, ...}], ...}.
// A view: {axis: 'log' | 'linear', seeds: boolean, dark: boolean, print: boolean, hidden: Set, setting, variant, look}.
const Charts = (() => {
  const CATEGORIES = {
    light: ['#0072b2', '#d55e00', '#009e73', '#b3589a', '#c98a00', '#3f9bd8', '#7a6a4f'],
    dark: ['#5aaee6', '#f08a4b', '#3fc79d', '#dd94c4', '#f0bd4a', '#9ad2f5', '#c9b892'],
  };
  const VIRIDIS = ['#440154', '#414487', '#2a788e', '#22a884', '#7ad151', '#fde725'];
  const DASHES = ['solid', 'dashed', 'dotted'];
  const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';

  const ink = view => view.dark
    ? { text: '#a8b0bb', strong: '#e4e7eb', line: '#30363e', axis: '#59616c', card: '#1a1e23', accent: '#7fbcec' }
    : { text: '#565d68', strong: '#1c1f24', line: '#e4e6ea', axis: '#9aa1ab', card: '#ffffff', accent: '#0b5a94' };

  function mix(stops, part) {
    const at = Math.min(Math.max(part, 0), 1) * (stops.length - 1);
    const i = Math.min(Math.floor(at), stops.length - 2);
    const channel = (hex, c) => parseInt(hex.slice(1 + 2 * c, 3 + 2 * c), 16);
    const mixed = [0, 1, 2].map(c => Math.round(channel(stops[i], c) * (1 - at + i) + channel(stops[i + 1], c) * (at - i)));
    return '#' + mixed.map(c => c.toString(16).padStart(2, '0')).join('');
  }

  // Colour i of n: categories for few kinds, viridis for what has an order or is many.
  function colour(i, n, ordered, view) {
    const categories = view.dark ? CATEGORIES.dark : CATEGORIES.light;
    if (!ordered && n <= categories.length) return categories[i];
    const part = n < 2 ? 0.3 : i / (n - 1);
    return mix(VIRIDIS, view.dark ? 0.3 + 0.7 * part : 0.84 * part);
  }

  const escape = text => String(text).replace(/[&<>"']/g, c => `&#${c.charCodeAt(0)};`);
  const shortened = name => name.length > 12 ? `${name.slice(0, 11)}…` : name;
  const settingsOf = figure => [...new Set(figure.lines.map(line => line.s))];

  function number(value) {
    if (value === null || value === undefined || !isFinite(value)) return '–';
    if (value === 0) return '0';
    const size = Math.abs(value);
    if (size >= 1e-3 && size < 1e6) return String(Number(value.toPrecision(4))).replace('-', '−');
    return value.toExponential(2).replace('e+', 'e').replaceAll('-', '−');
  }

  const whole = value => String(value).replace(/\B(?=(\d{3})+(?!\d))/g, '\u202f');
  const percent = value => value === null ? '–' : `${Number((100 * value).toFixed(2))}%`;

  function power(value) {
    const exponent = Math.round(Math.log10(value));
    if (exponent >= -2 && exponent <= 3) return String(Number(Math.pow(10, exponent).toPrecision(1)));
    return '10' + String(exponent).replace(/./g, c => '⁻⁰¹²³⁴⁵⁶⁷⁸⁹'['-0123456789'.indexOf(c)]);
  }

  // A logarithmic axis has no 0: step 0 stands one factor of ten before step 1.
  const place = (step, view) => view.axis === 'log' && step < 1 ? 0.1 : step;

  function base(view) {
    const c = ink(view);
    return {
      animation: false,
      textStyle: { fontFamily: FONT, color: c.text },
      grid: { left: 8, right: 16, top: 30, bottom: 26, containLabel: true },
      toolbox: {
        show: !view.print, right: 6, top: 0, itemSize: 12, itemGap: 9,
        iconStyle: { borderColor: c.axis }, emphasis: { iconStyle: { borderColor: c.accent, textFill: c.text } },
        feature: {
          dataZoom: { filterMode: 'none', title: { zoom: 'Zoom: drag a box', back: 'Zoom back' } },
          restore: { title: 'Whole view' },
          saveAsImage: { title: 'Save picture', backgroundColor: c.card },
        },
      },
      tooltip: {
        confine: true, backgroundColor: c.card, borderColor: c.line, padding: [7, 10],
        textStyle: { color: c.strong, fontSize: 12, fontFamily: FONT },
        axisPointer: { lineStyle: { color: c.axis }, label: { show: false } },
      },
    };
  }

  function axis(view, more) {
    const c = ink(view);
    return Object.assign({
      nameTextStyle: { color: c.text, fontSize: 11.5 }, axisLabel: { color: c.text, fontSize: 11, hideOverlap: true },
      axisLine: { show: true, onZero: false, lineStyle: { color: c.axis } }, axisTick: { show: true, lineStyle: { color: c.axis } },
      splitLine: { show: false },
    }, more, { axisLabel: Object.assign({ color: c.text, fontSize: 11, hideOverlap: true }, more.axisLabel) });
  }

  function stepAxis(view, first, last) {
    const log = view.axis === 'log';
    const high = log ? Math.max(place(last, view), 10) : Math.max(last, 1);
    return axis(view, {
      type: log ? 'log' : 'value', name: 'step', nameLocation: 'middle', nameGap: 24,
      min: log ? place(first, view) : first === last ? 0 : first, max: high,
      axisLabel: {
        showMaxLabel: !log || Math.abs(Math.log10(high) % 1) < 1e-9,
        formatter: value => log && value < 0.5 ? '0' : value >= 1e4 ? `${Number((value / 1000).toPrecision(4))}k` : whole(value),
      },
    });
  }

  // The axis of readings, over what is visible.
  function valueAxis(view, scale, values) {
    const c = ink(view);
    const shown = values.filter(v => typeof v === 'number' && isFinite(v) && (scale !== 'log' || v > 0));
    let low = Math.min(...shown), high = Math.max(...shown);
    if (!shown.length) { low = scale === 'log' ? 0.1 : 0; high = 1; }
    const more = { splitLine: { show: true, lineStyle: { color: c.line } }, axisLine: { show: false }, axisTick: { show: false } };
    if (scale === 'log') {
      low = Math.pow(10, Math.floor(Math.log10(low) + 1e-9));
      high = Math.pow(10, Math.ceil(Math.log10(high) - 1e-9));
      if (high <= low) high = low * 10;
      return axis(view, Object.assign(more, { type: 'log', min: low, max: high, axisLabel: { formatter: power } }));
    }
    const room = (high - low || Math.abs(high) || 1) * 0.06;
    const percents = scale === 'percent';
    low = low >= 0 && low - room < 0 || low >= 0 && low < 0.25 * high ? 0 : low - room;
    high = percents && high <= 1 ? Math.min(1, high + room) : high + room;
    return axis(view, Object.assign(more, {
      type: 'value', min: low, max: high,
      axisLabel: { showMinLabel: low === 0, showMaxLabel: percents && high === 1, formatter: percents ? percent : number },
    }));
  }

  function swatch(color, dash) {
    if (dash === 'dot' || dash === 'ring') {
      return `<svg width="12" height="12" aria-hidden="true"><circle cx="6" cy="6" r="4" stroke="${color}" stroke-width="1.8" fill="${dash === 'dot' ? color : 'none'}"/></svg>`;
    }
    const dashes = { dashed: '5 3', dotted: '1.5 2.5' }[dash] || '';
    return `<svg width="22" height="8" aria-hidden="true"><line x1="0" y1="4" x2="22" y2="4" stroke="${color}" stroke-width="2.4" stroke-dasharray="${dashes}"/></svg>`;
  }

  // How settings and variants become colours, dashes and choices.
  function encoding(figure) {
    const settings = settingsOf(figure);
    const variants = figure.variants.length;
    if (settings.length <= 1) return { by: 'v', count: variants, dashes: false, choose: false };
    const choose = variants > DASHES.length || figure.ordered || figure.kind === 'spectrum' && variants > 1;
    return { by: 's', count: settings.length, dashes: !choose && variants > 1, choose };
  }

  // What the legend shows: [{id, label, color}] that can be switched, [{label, dash}] that cannot.
  function legend(figure, data, view) {
    if (figure.kind === 'matrix' || figure.kind === 'histogram' && settingsOf(figure).length < 2) return { keys: [], dashes: [] };
    if (figure.kind === 'claim') {
      const shape = l => l.line ? l.theory ? 'dotted' : l.control ? 'dashed' : '' : l.control ? 'ring' : 'dot';
      const keys = figure.lines.map(l => ({ id: l.v, label: l.name, color: colour(l.c, figure.colours, false, view), dash: shape(l) }));
      return { keys, dashes: [] };
    }
    if (figure.kind === 'ratios') {
      const keys = figure.lines.map(l => ({ id: l.v, label: l.name, color: colour(l.v, figure.lines.length, false, view), dash: 'dot' }));
      return { keys: keys.length > 1 ? keys : [], dashes: [] };
    }
    if (figure.kind === 'depth') {
      const line = figure.lines.find(l => l.s === view.setting) || figure.lines[0];
      const steps = data.steps[line.x];
      return { keys: steps.map((s, i) => ({ id: i, label: `step ${whole(s)}`, color: colour(i, steps.length, true, view) })), dashes: [] };
    }
    const e = encoding(figure);
    const labels = e.by === 'v' ? figure.variants : data.settings;
    const used = [...new Set(figure.lines.map(l => l[e.by]))];
    const keys = used.map(id => ({ id, label: labels[id], color: lineColour(figure, data, view, { [e.by]: id }) }));
    return {
      keys: keys.length > 1 ? keys : [],
      dashes: e.dashes ? figure.variants.map((label, v) => ({ label, dash: DASHES[v] })) : [],
    };
  }

  function lineColour(figure, data, view, line) {
    const e = encoding(figure);
    return e.by === 'v'
      ? colour(line.v, figure.variants.length, figure.ordered, view)
      : colour(line.s, data.settings.length, false, view);
  }

  function visible(figure, view) {
    const e = encoding(figure);
    return figure.lines.filter(l => !view.hidden.has(l[e.by]) && (!e.choose || l.v === view.variant));
  }

  function label(figure, data, line) {
    const e = encoding(figure);
    if (e.by === 'v') return figure.variants[line.v];
    return data.settings[line.s] + (e.dashes ? `, ${figure.variants[line.v]}` : '');
  }

  function curves(figure, data, view) {
    const lines = visible(figure, view);
    const e = encoding(figure);
    const log = figure.scale === 'log';
    const fit = y => y === null || log && !(y > 0) ? '-' : y;
    const spanned = [];
    lines.forEach(l => spanned.push(...(l.lo || l.m), ...(l.hi || l.m)));
    if (view.seeds) lines.forEach(l => (l.seeds || []).filter(s => !s.d).forEach(s => spanned.push(...s.y)));
    if (figure.reference && (!log || figure.reference.value > 0)) spanned.push(figure.reference.value);
    const y = valueAxis(view, figure.scale, spanned);
    const all = lines.flatMap(l => data.steps[l.x]);
    const series = [];
    lines.forEach(line => {
      const color = lineColour(figure, data, view, line);
      const steps = data.steps[line.x].map(step => place(step, view));
      if (line.lo && steps.length > 1) series.push(band(steps, line, color, y, fit));
      if (view.seeds) {
        (line.seeds || []).forEach(seed => series.push({
          type: 'line', silent: true, tooltip: { show: false }, showSymbol: false, z: 2,
          lineStyle: { width: 0.8, color, opacity: 0.75 },
          data: data.steps[seed.x].map((step, i) => [place(step, view), fit(seed.y[i])]),
        }));
      }
      const diverged = (line.seeds || []).filter(s => s.d).map(seed => crash(seed, data, view, y, fit)).filter(p => p);
      if (diverged.length) {
        series.push({
          type: 'scatter', name: 'diverged', data: diverged, symbol: 'path://M0,0L10,10M10,0L0,10', symbolSize: 9, z: 6, silent: true,
          tooltip: { show: false }, itemStyle: { color: 'none', borderColor: color, borderWidth: 2 },
        });
      }
      series.push({
        type: 'line', name: label(figure, data, line), z: 4, color, symbol: 'circle', symbolSize: 5, showSymbol: steps.length < 3,
        lineStyle: { width: 1.9, color, type: e.dashes ? DASHES[line.v] : 'solid' }, emphasis: { disabled: true },
        data: steps.map((step, i) => [step, fit(line.m[i]), line.lo ? line.lo[i] : null, line.hi ? line.hi[i] : null]),
      });
    });
    if (figure.reference) series.push(reference(figure.reference, view));
    const show = figure.scale === 'percent' ? percent : number;
    const option = base(view);
    option.xAxis = stepAxis(view, all.length ? Math.min(...all) : 0, all.length ? Math.max(...all) : 1);
    option.yAxis = y;
    option.series = series;
    Object.assign(option.tooltip, {
      trigger: 'axis',
      formatter: points => {
        const step = points[0].axisValue;
        const rows = points.filter(p => p.value[1] !== '-' && p.seriesName !== 'diverged').slice(0, 14).map(p => {
          const range = p.value[2] === null || p.value[2] === p.value[3] ? '' : ` <span style="opacity:.7">${show(p.value[2])} to ${show(p.value[3])}</span>`;
          return `${p.marker}${escape(p.seriesName)} <b>${show(p.value[1])}</b>${range}`;
        });
        return `step ${whole(step < 0.5 ? 0 : Math.round(step))}<br>${rows.join('<br>')}`;
      },
    });
    return option;
  }

  function band(steps, line, color, y, fit) {
    const low = y.type === 'log' ? y.min : -Infinity;
    const points = [];
    steps.forEach((step, i) => { if (fit(line.hi[i]) !== '-') points.push([step, line.hi[i]]); });
    for (let i = steps.length - 1; i >= 0; i--) if (fit(line.hi[i]) !== '-') points.push([steps[i], Math.max(line.lo[i], low)]);
    return {
      type: 'custom', silent: true, clip: true, z: 1, tooltip: { show: false }, data: [[steps[0], y.min]],
      renderItem: (params, api) => ({
        type: 'polygon', shape: { points: points.map(p => api.coord(p)) }, style: { fill: color, opacity: 0.17 }, silent: true,
      }),
    };
  }

  // Where a run that diverged was last seen, at the edge of the chart if it had left it.
  function crash(seed, data, view, y, fit) {
    for (let i = seed.y.length - 1; i >= 0; i--) {
      if (fit(seed.y[i]) !== '-') {
        return [place(data.steps[seed.x][i], view), Math.min(Math.max(seed.y[i], y.min), y.max)];
      }
    }
    return null;
  }

  function reference(line, view) {
    const c = ink(view);
    return {
      type: 'line', data: [], silent: true,
      markLine: {
        silent: true, symbol: 'none', animation: false, lineStyle: { color: c.text, type: [2, 4], width: 1.2 },
        label: { position: 'insideStartTop', formatter: line.label, color: c.text, fontSize: 11 }, data: [{ yAxis: line.value }],
      },
    };
  }

  // First look dotted, the chosen look solid.
  function spectrum(figure, data, view) {
    const lines = visible(figure, view);
    const looked = lines.map(l => l.rows[Math.min(view.look, l.rows.length - 1)]);
    const values = lines.flatMap((l, i) => [...l.rows[0], ...looked[i]]);
    const positive = values.filter(v => v > 0);
    const top = Math.max(...positive, 0);
    const log = positive.length > 0 && !values.some(v => v < 0) && Math.min(...positive) < top / 30;
    const floor = top * 1e-8;
    const fit = v => v === null || log && !(v > floor) ? '-' : v;
    const longest = Math.max(2, ...lines.map(l => l.i[l.i.length - 1]));
    const option = base(view);
    const named = lines.length && lines[0].classes && lines[0].classes.length >= longest ? lines[0].classes : null;
    option.xAxis = axis(view, named ? {
      type: 'value', min: 1, max: longest, interval: Math.ceil(longest / 16), name: 'class', nameLocation: 'middle', nameGap: 30,
      axisLabel: { rotate: named.some(name => name.length > 3) ? 40 : 0, formatter: v => shortened(named[Math.round(v) - 1] || '') },
    } : { type: longest > 40 ? 'log' : 'value', min: 1, max: longest, minInterval: 1, name: 'index', nameLocation: 'middle', nameGap: 24, axisLabel: { showMaxLabel: longest <= 40, formatter: v => whole(Math.round(v)) } });
    option.yAxis = valueAxis(view, log ? 'log' : 'linear', values.map(fit));
    option.series = lines.flatMap((line, n) => {
      const color = lineColour(figure, data, view, line);
      const steps = data.steps[line.x];
      const at = Math.min(view.look, steps.length - 1);
      const one = (row, step, style) => ({
        type: 'line', name: `${label(figure, data, line)}, step ${whole(step)}`, color, showSymbol: row.length < 24, symbol: 'circle', symbolSize: 4,
        lineStyle: Object.assign({ color }, style), itemStyle: { opacity: style.opacity || 1 }, emphasis: { disabled: true }, data: row.map((v, i) => [line.i[i], fit(v)]),
      });
      const first = one(line.rows[0], steps[0], { width: 1.3, type: 'dotted', opacity: 0.7 });
      return at === 0 ? [first] : [first, one(looked[n], steps[at], { width: 1.9 })];
    });
    Object.assign(option.tooltip, {
      trigger: 'axis',
      formatter: points => `${named ? escape(named[points[0].axisValue - 1]) : `index ${points[0].axisValue}`}<br>` + points.filter(p => p.value[1] !== '-').slice(0, 14)
        .map(p => `${p.marker}${escape(p.seriesName)} <b>${number(p.value[1])}</b>`).join('<br>'),
    });
    return option;
  }

  // Above: how the histogram changes over the looks, for one setting. Below: the histogram of the chosen look, every setting.
  function histogram(figure, data, view) {
    const c = ink(view);
    const lines = figure.lines.filter(l => l.v === view.variant);
    const line = lines.find(l => l.s === view.setting) || lines[0];
    const steps = data.steps[line.x];
    const share = row => { const sum = row.reduce((a, b) => a + b, 0) || 1; return row.map(v => v / sum); };
    const rows = line.rows.map(share);
    const bins = rows[0].length;
    const edges = figure.edges;
    const digits = Math.min(8, Math.max(0, 1 - Math.floor(Math.log10(edges[bins] - edges[0]))));
    const middle = i => String(Number(((edges[i] + edges[i + 1]) / 2).toFixed(digits))).replace('-', '−');
    const longest = Math.max(...edges.map((_, i) => i < bins ? middle(i).length : 0));
    const left = Math.max(52, 14 + 6.4 * longest);
    const every = n => ({ interval: Math.ceil(bins / (longest > 6 ? Math.ceil(n / 2) : n)) - 1 });
    const cells = rows.flatMap((row, x) => row.map((v, b) => [x, b, v > 0 ? Math.sqrt(v) : null])).filter(cell => cell[2] !== null);
    const option = base(view);
    delete option.toolbox.feature.dataZoom;
    delete option.toolbox.feature.restore;
    option.grid = [
      { left, right: 16, top: 26, height: '44%' },
      { left, right: 16, bottom: 40, height: '26%' },
    ];
    const labels = steps.map(whole);
    const centres = Array.from({ length: bins }, (_, i) => middle(i));
    option.xAxis = [
      axis(view, { type: 'category', data: labels, gridIndex: 0, name: '', axisLabel: { formatter: v => v } }),
      axis(view, { type: 'category', data: centres, gridIndex: 1, name: figure.unit, nameLocation: 'middle', nameGap: 26, axisLabel: every(7), axisTick: every(7) }),
    ];
    option.yAxis = [
      axis(view, { type: 'category', data: centres, gridIndex: 0, axisLabel: every(6), axisTick: every(6) }),
      axis(view, { type: 'value', gridIndex: 1, splitNumber: 3, axisLabel: { formatter: percent }, axisLine: { show: false }, splitLine: { show: true, lineStyle: { color: c.line } } }),
    ];
    const top = Math.max(...cells.map(cell => cell[2]), 1e-9);
    option.visualMap = { show: false, min: 0, max: top, dimension: 2, seriesIndex: 0, inRange: { color: view.dark ? ['#1a1e23', '#1f5d8f', '#7fd0e8', '#f4f7c8'] : ['#ffffff', '#a6c8e4', '#2f78b4', '#0a2f5c'] } };
    const at = Math.min(view.look, steps.length - 1);
    option.series = [{
      type: 'heatmap', xAxisIndex: 0, yAxisIndex: 0, data: cells, emphasis: { disabled: true }, progressive: 0,
      markLine: { silent: true, symbol: 'none', animation: false, label: { show: false }, lineStyle: { color: c.text, type: 'solid', width: 1 }, data: [{ xAxis: at }] },
    }].concat(lines.filter(l => !view.hidden.has(l.s)).map(l => {
      const color = lines.length > 1 ? lineColour(figure, data, view, l) : c.accent;
      const row = share(l.rows[Math.min(at, l.rows.length - 1)]);
      return {
        type: 'line', step: 'middle', xAxisIndex: 1, yAxisIndex: 1, name: data.settings[l.s], color, showSymbol: false, emphasis: { disabled: true },
        lineStyle: { width: 1.6, color }, areaStyle: { color, opacity: lines.length > 1 ? 0.08 : 0.3 }, data: row,
      };
    }));
    Object.assign(option.tooltip, {
      trigger: 'item',
      formatter: p => p.seriesType === 'heatmap' ? `step ${labels[p.value[0]]}<br>${centres[p.value[1]]}: <b>${percent(p.value[2] * p.value[2])}</b>` : '',
    });
    return option;
  }

  function matrix(figure, data, view) {
    const line = figure.lines.find(l => l.s === view.setting && l.v === view.variant) || figure.lines[0];
    const row = line.rows[Math.min(view.look, line.rows.length - 1)];
    const k = Math.round(Math.sqrt(row.length));
    const c = ink(view);
    const classes = Array.from({ length: k }, (_, i) => line.classes && line.classes.length === k ? line.classes[i] : String(i));
    const longest = Math.max(...classes.map(name => shortened(name).length));
    const option = base(view);
    delete option.toolbox.feature.dataZoom;
    delete option.toolbox.feature.restore;
    option.grid = { left: Math.max(34, 14 + 6.4 * longest), right: 70, top: 26, bottom: longest > 3 ? 26 + 4.6 * longest : 40 };
    option.xAxis = axis(view, {
      type: 'category', data: classes, name: longest > 3 ? '' : 'class', nameLocation: 'middle', nameGap: 24, axisTick: { show: false },
      axisLabel: { rotate: longest > 3 ? 40 : 0, formatter: shortened },
    });
    option.yAxis = axis(view, { type: 'category', data: classes, inverse: true, axisTick: { show: false }, axisLabel: { formatter: shortened } });
    option.visualMap = {
      min: -1, max: 1, precision: 2, right: 0, top: 'center', itemHeight: 130, itemWidth: 11, text: ['1', '−1'], textStyle: { color: c.text },
      calculable: false, inRange: { color: view.dark ? ['#6fb7f2', '#2a5a85', '#242a31', '#8a5a2b', '#f2a65a'] : ['#08519c', '#6baed6', '#f7f7f7', '#fdae6b', '#a63603'] },
    };
    const tight = k <= 12;
    option.series = [{
      type: 'heatmap', data: row.map((v, i) => [i % k, Math.floor(i / k), v]), emphasis: { disabled: true },
      itemStyle: { borderColor: c.card, borderWidth: k <= 30 ? 1 : 0 },
      label: { show: tight && !(view.print && k > 6), fontSize: k > 6 ? 8.5 : 11, color: c.strong, formatter: p => p.value[0] === p.value[1] ? '' : p.value[2].toFixed(2).replace('-', '−').replace(/^(−?)0\./, '$1.') },
    }];
    Object.assign(option.tooltip, { trigger: 'item', formatter: p => `${escape(classes[p.value[1]])} and ${escape(classes[p.value[0]])}<br>cosine <b>${number(p.value[2])}</b>${figure.ideal === undefined ? '' : `<br>simplex: ${number(figure.ideal)}`}` });
    return option;
  }

  function depth(figure, data, view) {
    const line = figure.lines.find(l => l.s === view.setting) || figure.lines[0];
    const steps = data.steps[line.x];
    const shown = line.rows.map((row, i) => ({ row, i })).filter(r => !view.hidden.has(r.i));
    const values = shown.flatMap(r => r.row);
    const log = values.every(v => v === null || v > 0);
    const option = base(view);
    delete option.toolbox.feature.dataZoom;
    delete option.toolbox.feature.restore;
    option.xAxis = axis(view, { type: 'category', data: figure.layers, axisLabel: { rotate: figure.layers.length > 6 ? 35 : 0, interval: 0 } });
    option.yAxis = valueAxis(view, log ? 'log' : 'linear', values);
    option.series = shown.map(({ row, i }) => {
      const color = colour(i, steps.length, true, view);
      return { type: 'line', name: `step ${whole(steps[i])}`, data: row, color, symbol: 'circle', symbolSize: 6, emphasis: { disabled: true }, lineStyle: { width: i === steps.length - 1 ? 2.4 : 1.5, color } };
    });
    Object.assign(option.tooltip, {
      trigger: 'axis',
      formatter: points => `${escape(points[0].axisValue)}<br>` + points.map(p => `${p.marker}${escape(p.seriesName)} <b>${number(p.value)}</b>`).join('<br>'),
    });
    return option;
  }

  // A claim's figure: median and range over seeds where places are joined, a dot per seed elsewhere; a control is dashed and
  // hollow. Axes are numeric or of names; the places of a named axis are 0, 1, 2, ...
  function claim(figure, data, view) {
    const c = ink(view);
    const lines = figure.lines.filter(l => !view.hidden.has(l.v));
    const log = figure.y.log;
    const fit = y => y === null || log && !(y > 0) ? '-' : y;
    const spanned = figure.marks.map(mark => mark.value);
    lines.forEach(l => l.line && !view.seeds ? spanned.push(...(l.lo || l.m), ...(l.hi || l.m)) : l.seeds.forEach(s => spanned.push(...s)));
    const y = valueAxis(view, log ? 'log' : 'linear', spanned);
    // Names beside the axis would take the room of the chart: the unit stands above it.
    Object.assign(y, { axisLine: { show: false, onZero: false }, name: figure.y.label, nameLocation: 'end', nameGap: 10, nameTextStyle: { color: c.text, fontSize: 11.5, align: 'left', padding: [0, 0, 0, -6] } });
    const names = figure.x.categories;
    const places = figure.lines.flatMap(l => l.x);
    // Curves of dots that share a place stand side by side.
    const dots = figure.lines.filter(l => !l.line);
    const crowded = dots.some((l, i) => dots.some((other, j) => i !== j && l.x.some(x => other.x.includes(x))));
    const beside = l => names.length && crowded ? (dots.indexOf(l) - (dots.length - 1) / 2) * 0.7 / dots.length : 0;
    const spread = crowded ? 0.4 / Math.max(dots.length, 1) : 0.24;
    const jitter = (s, n) => names.length && n > 1 ? (s / (n - 1) - 0.5) * spread : 0;
    const width = Math.max(160, (view.width || 600) - 70);
    const series = [];
    lines.forEach(l => {
      const color = colour(l.c, figure.colours, false, view);
      const name = l.name;
      if (l.line) {
        const steps = l.x;
        if (l.lo && steps.length > 1) series.push(band(steps, l, color, y, fit));
        if (view.seeds) {
          l.seeds.forEach(seed => series.push({
            type: 'line', silent: true, tooltip: { show: false }, showSymbol: false, z: 2, lineStyle: { width: 0.8, color, opacity: 0.75 },
            data: steps.map((x, i) => [x, fit(seed[i])]),
          }));
        }
        series.push({
          type: 'line', name, z: 4, color, symbol: l.control ? 'emptyCircle' : 'circle', symbolSize: 6, showSymbol: steps.length < 12 && !l.theory,
          lineStyle: { width: l.theory ? 1.4 : 1.9, color, type: l.theory ? 'dotted' : l.control ? 'dashed' : 'solid' }, emphasis: { disabled: true },
          data: steps.map((x, i) => [x, fit(l.m[i]), l.lo ? l.lo[i] : null, l.hi ? l.hi[i] : null]),
        });
        return;
      }
      const shift = beside(l);
      series.push({
        type: 'scatter', name, z: 4, color, symbol: 'circle', symbolSize: 8, emphasis: { disabled: true },
        itemStyle: l.control ? { color: c.card, borderColor: color, borderWidth: 1.6, opacity: 0.9 } : { color, opacity: 0.6 },
        data: l.seeds.flatMap((seed, s) => l.x.map((x, i) => [x + shift + jitter(s, l.seeds.length), fit(seed[i]), i, s])).filter(p => p[1] !== '-'),
      });
      if (l.seeds.length > 1) {
        series.push({
          type: 'scatter', name, z: 5, silent: true, tooltip: { show: false }, symbol: 'rect', color,
          symbolSize: names.length ? [Math.max(14, Math.min(46, width / Math.max(names.length, 1) * (spread + 0.1))), 2.6] : [12, 2.6],
          itemStyle: { color }, data: l.x.map((x, i) => [x + shift, fit(l.m[i])]).filter(p => p[1] !== '-'),
        });
      }
    });
    figure.marks.forEach(mark => { if (!log || mark.value > 0) series.push(reference({ label: mark.name, value: mark.value }, view)); });
    const option = base(view);
    // The few places of a driver, such as five values of lambda, are labelled themselves: powers of ten would miss them.
    const few = figure.x.log && !names.length ? [...new Set(places)].filter(x => x > 0).sort((a, b) => a - b) : [];
    const labelled = few.length > 1 && few.length <= 8;
    if (labelled) {
      series.push({
        type: 'scatter', silent: true, tooltip: { show: false }, symbolSize: 0.01, clip: false, z: 1, data: few.map(x => [x, y.min]),
        label: { show: true, position: 'bottom', distance: 7, color: c.text, fontSize: 11, formatter: p => number(p.value[0]) }, labelLayout: { hideOverlap: true },
      });
    }
    option.grid = Object.assign(option.grid, { top: 40, bottom: figure.x.label ? 26 : 8 });
    option.xAxis = names.length ? nameAxis(view, figure.x, width) : numberAxis(view, figure.x, places);
    // The blank keeps the room of a label.
    if (labelled) Object.assign(option.xAxis, { axisTick: { show: false }, axisLabel: Object.assign({}, option.xAxis.axisLabel, { showMinLabel: true, formatter: () => ' ' }) });
    option.yAxis = y;
    option.series = series;
    const at = x => names.length ? escape(names[Math.round(x)] || '') : `${escape(figure.x.label)} ${number(x)}`;
    const joined = figure.lines.some(l => l.line);
    Object.assign(option.tooltip, joined ? {
      trigger: 'axis',
      formatter: points => `${at(points[0].axisValue)}<br>` + points.filter(p => p.value[1] !== '-').slice(0, 14).map(p => {
        const range = p.value[2] === null || p.value[2] === undefined || p.value[2] === p.value[3] || p.seriesType !== 'line' ? '' : ` <span style="opacity:.7">${number(p.value[2])} to ${number(p.value[3])}</span>`;
        return `${p.marker}${escape(p.seriesName)} <b>${number(p.value[1])}</b>${range}`;
      }).join('<br>'),
    } : {
      trigger: 'item',
      formatter: p => `${escape(p.seriesName)}<br>${at(p.value[0])}: <b>${number(p.value[1])}</b>, ${whole(p.value[3] + 1)}. seed`,
    });
    return option;
  }

  // A row for each name: the way from 1 to the ratio. Powers of two are round numbers here.
  function ratios(figure, data, view) {
    const c = ink(view);
    const lines = figure.lines.filter(l => !view.hidden.has(l.v));
    const all = [1, ...figure.marks.map(m => m.value), ...lines.flatMap(l => l.values).filter(v => v > 0)];
    const width = view.width || 600;
    const low = Math.pow(2, Math.floor(Math.log2(Math.min(...all) * 0.97))), high = Math.pow(2, Math.ceil(Math.log2(Math.max(...all) * 1.12)));
    const shift = i => (i - (lines.length - 1) / 2) * 10;
    const option = base(view);
    option.grid = { left: 6, right: 18, top: 30, bottom: 24, containLabel: true };
    option.xAxis = axis(view, {
      type: 'log', logBase: 2, min: low, max: high, name: figure.axis, nameLocation: 'middle', nameGap: 24,
      splitLine: { show: true, lineStyle: { color: c.line } }, axisLabel: { formatter: v => number(v) },
    });
    option.yAxis = axis(view, {
      type: 'category', inverse: true, data: figure.names, axisTick: { show: false }, axisLine: { show: false },
      axisLabel: { interval: 0, hideOverlap: false, width: Math.min(230, 0.38 * width), overflow: 'truncate' },
    });
    option.series = lines.map((l, i) => {
      const color = colour(l.v, figure.lines.length, false, view);
      return {
        type: 'custom', name: l.name, color, z: 4, data: l.values.map((v, row) => [v > 0 ? v : '-', row]), encode: { x: 0, y: 1 },
        renderItem: (_, api) => {
          const value = api.value(0);
          if (!(value > 0)) return null;
          const [from] = api.coord([1, api.value(1)]), [to, middle] = api.coord([value, api.value(1)]);
          const y = middle + shift(i);
          const left = to < from;
          return { type: 'group', children: [
            { type: 'line', shape: { x1: from, y1: y, x2: to, y2: y }, style: { stroke: color, lineWidth: 2.4, opacity: 0.55 } },
            { type: 'circle', shape: { cx: to, cy: y, r: 4.2 }, style: { fill: value < 1 ? c.card : color, stroke: color, lineWidth: 1.8 } },
            { type: 'text', style: { text: number(Number(value.toPrecision(3))), x: to + (left ? -9 : 9), y, align: left ? 'right' : 'left', verticalAlign: 'middle', fill: c.strong, font: `11px ${FONT}` } },
          ] };
        },
      };
    });
    figure.marks.forEach(mark => option.series.push({
      type: 'line', data: [], silent: true, tooltip: { show: false },
      markLine: {
        silent: true, symbol: 'none', animation: false, data: [{ xAxis: mark.value }],
        lineStyle: { color: mark.value === 1 ? c.axis : c.text, type: mark.value === 1 ? 'solid' : [2, 4], width: 1.3 },
        label: { show: mark.value !== 1, position: 'start', distance: 4, formatter: `${mark.name} ${number(mark.value)}`, color: c.text, fontSize: 11 },
      },
    }));
    Object.assign(option.tooltip, {
      trigger: 'item',
      formatter: p => `${escape(figure.names[p.value[1]])}<br>${escape(p.seriesName)} <b>${number(Number(p.value[0].toPrecision(4)))}</b>`,
    });
    return option;
  }

  // Names are broken into lines that fit their share of the width; where that is too little, they are set at an angle.
  function nameAxis(view, x, width) {
    const names = x.categories;
    const letters = Math.floor(width / names.length / 6.2);
    const angled = letters < 7;
    const wrap = text => text.split(' ').reduce((rows, word) => {
      const last = rows[rows.length - 1];
      return last && (last + ' ' + word).length <= letters ? [...rows.slice(0, -1), `${last} ${word}`] : [...rows, word];
    }, []).join('\n');
    const cut = text => text.length > 18 ? `${text.slice(0, 17)}…` : text;
    return axis(view, {
      type: 'value', min: -0.5, max: names.length - 0.5, interval: 0.5, name: x.label, nameLocation: 'middle', nameGap: 24, axisTick: { show: false },
      axisLabel: {
        rotate: angled ? 40 : 0, hideOverlap: false, lineHeight: 13,
        formatter: v => Number.isInteger(v) && v >= 0 && v < names.length ? (angled ? cut(names[v]) : wrap(names[v])) : '',
      },
    });
  }

  function numberAxis(view, x, places) {
    const shown = places.filter(v => isFinite(v) && (!x.log || v > 0));
    const low = shown.length ? Math.min(...shown) : 1, high = shown.length ? Math.max(...shown) : 10;
    const more = { name: x.label, nameLocation: 'middle', nameGap: 24 };
    if (x.log) {
      // Few places of few sizes, such as batches of 4 to 64, fall on powers of two.
      const narrow = high < 100 * low;
      const room = Math.pow(high / low, 0.03);
      return axis(view, Object.assign(more, {
        type: 'log', logBase: narrow ? 2 : 10, min: high > low ? low / (places.length > 40 ? 1 : room) : low / 2, max: high > low ? high * (places.length > 40 ? 1 : room) : high * 2,
        axisLabel: {
          showMinLabel: null, showMaxLabel: null,
          formatter: v => {
            const tick = Math.log(v) / Math.log(narrow ? 2 : 10);
            if (Math.abs(tick - Math.round(tick)) > 1e-6) return '';
            return narrow ? number(v) : v >= 1e4 && v < 1e7 ? `${Number((v / 1000).toPrecision(4))}k` : v >= 1 && v < 1e4 ? whole(v) : power(v);
          },
        },
      }));
    }
    const room = (high - low || Math.abs(high) || 1) * 0.04;
    return axis(view, Object.assign(more, { type: 'value', min: low >= 0 && low - room < 0 ? Math.min(0, low) : low - room, max: high + room, axisLabel: { showMinLabel: low === 0, showMaxLabel: false, formatter: number } }));
  }

  // What can be chosen in a figure: {setting, variant, looks}.
  function choices(figure, data) {
    if (['claim', 'ratios'].includes(figure.kind)) return { settings: [], variants: [], looks: [] };
    const settings = settingsOf(figure);
    const single = ['matrix', 'histogram', 'depth'].includes(figure.kind);
    const longest = figure.kind === 'depth' || figure.kind === 'curves' ? [] : data.steps[figure.lines[0].x];
    return {
      settings: single && settings.length > 1 ? settings : [],
      variants: single && figure.variants.length > 1 || encoding(figure).choose ? figure.variants : [],
      looks: longest.length > 1 ? longest : [],
    };
  }

  const kinds = { curves, spectrum, histogram, matrix, depth, claim, ratios };
  return { option: (figure, data, view) => kinds[figure.kind](figure, data, view), legend, choices, swatch, whole };
})();
