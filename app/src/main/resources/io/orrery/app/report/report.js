'use strict';
// The page: draws the figures, and redraws them on a change of view, theme, size or medium.
(() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const root = document.documentElement;
  const query = new URLSearchParams(location.search);
  const shared = { axis: 'log', seeds: false, print: false };
  // Two columns on A4 or Letter, in pixels. The layout of print is not yet there when the charts are drawn for it.
  const PRINT = { width: 300, wide: 630, height: 215, square: 280, tall: 235 };

  const stored = () => { try { return localStorage.getItem('orrery-theme'); } catch { return null; } };
  const theme = query.get('theme') || stored();
  if (theme === 'dark' || theme === 'light') root.dataset.theme = theme;
  const prefersDark = matchMedia('(prefers-color-scheme: dark)');
  const dark = () => !shared.print && (root.dataset.theme ? root.dataset.theme === 'dark' : prefersDark.matches);

  const element = (name, properties, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };

  const figures = [...document.querySelectorAll('figure[data-figure]')].map(node => {
    const figure = data.figures[Number(node.dataset.figure)];
    const first = figure.lines[0] || { s: 0, v: 0 };
    const options = figure.lines.length ? Charts.choices(figure, data) : { settings: [], variants: [], looks: [] };
    return {
      node, figure, options, box: node.querySelector('.chart'), chart: null,
      view: { hidden: new Set(), setting: first.s, variant: options.variants.length ? lastVariant(figure) : first.v, look: 1e9 },
    };
  });

  // Of several layers the one that the figure names, else the last; of other choices the first.
  function lastVariant(figure) {
    return figure.ordered ? figure.shown ?? figure.variants.length - 1 : figure.lines[0].v;
  }

  function view(item) {
    const width = shared.print ? printed(item).width : item.box.clientWidth;
    return Object.assign({}, item.view, shared, { dark: dark(), width });
  }

  function printed(item) {
    const has = name => item.node.classList.contains(name);
    return { width: has('wide') ? PRINT.wide : PRINT.width, height: item.figure.height ? item.figure.height : has('square') ? PRINT.square : has('wide') ? PRINT.tall : PRINT.height };
  }

  function draw(item) {
    if (!item.figure.lines.length) return;
    if (!item.chart) item.chart = echarts.init(item.box, null, { renderer: 'svg' });
    item.chart.resize(shared.print ? printed(item) : { width: 'auto', height: 'auto' });
    item.chart.setOption(Charts.option(item.figure, data, view(item)), { notMerge: true });
    if (shared.print) item.chart.getZr().flush();
    drawLegend(item);
  }

  function drawLegend(item) {
    const { keys, dashes } = Charts.legend(item.figure, data, view(item));
    const legend = item.node.querySelector('.legend');
    legend.replaceChildren();
    keys.forEach(key => {
      const shown = !item.view.hidden.has(key.id);
      const button = element('button', { type: 'button', innerHTML: Charts.swatch(key.color, key.dash), title: 'Show or hide' }, key.label);
      button.setAttribute('aria-pressed', String(shown));
      button.addEventListener('click', () => {
        if (shown) item.view.hidden.add(key.id); else item.view.hidden.delete(key.id);
        draw(item);
      });
      legend.append(button);
    });
    dashes.forEach(key => legend.append(element('span', { className: 'dashes', innerHTML: Charts.swatch('currentColor', key.dash) }, key.label)));
    legend.hidden = !keys.length && !dashes.length;
  }

  function addChoices(item) {
    const { settings, variants, looks } = item.options;
    const choices = element('div', { className: 'choices' });
    const select = (label, entries, chosen, set) => {
      const box = element('select', {}, ...entries.map(([value, text]) => element('option', { value, textContent: text, selected: value === chosen })));
      box.addEventListener('change', () => { set(Number(box.value)); draw(item); });
      choices.append(element('label', {}, label, box));
    };
    if (settings.length) select('Setting', settings.map(s => [s, data.settings[s]]), item.view.setting, s => { item.view.setting = s; });
    if (variants.length) select(item.figure.ordered ? 'Layer' : 'Show', variants.map((v, i) => [i, v]), item.view.variant, v => { item.view.variant = v; });
    if (looks.length) {
      const slider = element('input', { type: 'range', min: 0, max: looks.length - 1, value: looks.length - 1 });
      const output = element('output', { textContent: Charts.whole(looks[looks.length - 1]) });
      slider.addEventListener('input', () => {
        item.view.look = Number(slider.value);
        output.textContent = Charts.whole(looks[item.view.look]);
        slider.setAttribute('aria-valuetext', `step ${looks[item.view.look]}`);
        draw(item);
      });
      choices.append(element('label', {}, 'Step', slider, output));
    }
    if (choices.children.length) item.box.before(choices);
  }

  const redraw = () => figures.filter(item => item.chart).forEach(draw);

  figures.forEach(addChoices);
  // One figure at a time, so that the page can be read and scrolled meanwhile. Folded figures wait until they are opened.
  const folded = item => item.node.closest('details:not([open])') !== null;
  const queue = figures.filter(item => !folded(item));
  (function next() {
    const item = queue.shift();
    if (item) { draw(item); setTimeout(next); }
  })();
  document.querySelectorAll('details.further').forEach(details => details.addEventListener('toggle', () => {
    figures.filter(item => details.open && details.contains(item.node)).forEach(draw);
  }));

  let pending = 0;
  new ResizeObserver(() => {
    cancelAnimationFrame(pending);
    pending = requestAnimationFrame(() => { if (!shared.print) figures.forEach(item => item.chart && (['claim', 'ratios'].includes(item.figure.kind) ? draw(item) : item.chart.resize({ width: 'auto' }))); });
  }).observe(document.querySelector('main'));

  function print(on) {
    if (shared.print === on) return;
    shared.print = on;
    figures.filter(item => !folded(item)).forEach(draw);
  }
  addEventListener('beforeprint', () => print(true));
  addEventListener('afterprint', () => print(false));
  matchMedia('print').addEventListener('change', e => print(e.matches));

  prefersDark.addEventListener('change', redraw);
  document.querySelector('#theme-control button').addEventListener('click', () => {
    root.dataset.theme = dark() ? 'light' : 'dark';
    try { localStorage.setItem('orrery-theme', root.dataset.theme); } catch { /* private mode: the choice lasts for the visit */ }
    redraw();
  });
  const axes = [...document.querySelectorAll('#steps-control button')];
  axes.forEach(button => button.addEventListener('click', () => {
    shared.axis = button.dataset.axis;
    axes.forEach(b => b.setAttribute('aria-pressed', String(b === button)));
    redraw();
  }));
  const seeds = document.querySelector('#seeds-control button');
  document.querySelector('#seeds-control').hidden = !data.figures.some(f => f.lines.some(l => l.seeds && l.line !== false));
  document.querySelector('#steps-control').hidden = data.figures.every(f => ['claim', 'ratios'].includes(f.kind));
  seeds.addEventListener('click', () => {
    shared.seeds = !shared.seeds;
    seeds.setAttribute('aria-pressed', String(shared.seeds));
    redraw();
  });

  document.querySelectorAll('button[data-save]').forEach(button => button.addEventListener('click', () => {
    const text = document.getElementById(button.dataset.save).textContent;
    const link = element('a', { href: URL.createObjectURL(new Blob([text], { type: 'text/yaml' })), download: button.dataset.name });
    link.click();
    URL.revokeObjectURL(link.href);
  }));

  // Contents: folded on a phone, the current section marked.
  const contents = document.querySelector('.contents details');
  if (matchMedia('(max-width: 40rem)').matches) contents.open = false;
  const links = new Map([...document.querySelectorAll('.contents a')].map(a => [a.hash.slice(1), a]));
  const reading = new IntersectionObserver(entries => entries.filter(e => e.isIntersecting).forEach(e => {
    links.forEach((link, id) => { if (id === e.target.id) link.setAttribute('aria-current', 'true'); else link.removeAttribute('aria-current'); });
  }), { rootMargin: '-15% 0px -75% 0px' });
  document.querySelectorAll('main section[id]').forEach(section => reading.observe(section));
})();
