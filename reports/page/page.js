// The machinery: words, colours, numbers, tables, and how a report becomes a card.
const DATA = JSON.parse(document.getElementById('data').textContent);
let charts = [];

// Sums

const sum = (rows, column) => rows.reduce((total, row) => total + (row[column] ?? 0), 0);
const unique = (values) => [...new Set(values)];
const byKey = (rows, key) => Object.groupBy(rows, (row) => row[key]);

// Words

const capital = (text) => text && text[0].toUpperCase() + text.slice(1);
const named = (row, what) => capital(say([row[`${what}_name`], row[`${what}_name_zh`]]));
const either = (row, column) => say([row[column], row[`${column}_zh`]]);

function word(column) {
  if (!WORDS[column]) console.error(`no word for ${column}`);
  return say(WORDS[column] ?? [column, column]);
}

// Numbers and days

const percent = (value, count = 1) =>
  told(value, (it) => format({ style: 'percent', ...digits(count) }).format(it));
const money = (value) =>
  format({ signDisplay: 'exceptZero', maximumFractionDigits: 0 }).format(value);
const SHORT = { notation: 'compact', maximumSignificantDigits: 3 };
const compact = (value) => format(SHORT).format(value);
const compactMoney = (value) =>
  format({ ...SHORT, signDisplay: 'exceptZero' }).format(value);

const month = (value) => date(value, { year: 'numeric', month: 'short' });
const shortMonth = (value) => date(value, { year: '2-digit', month: 'short' });

// A column's name says how its values are written.
const KINDS = [
  [/^(is|has)_/, (value) => say(value ? ['yes', '是'] : ['no', '否']), 'text'],
  [/_amount$/, (value) => number(value, 2)],
  [/_(share|rate)$/, (value) => percent(value)],
  [/_(index|coefficient)$/, (value) => number(value, 2)],
  [/_(count|days)$|^months_since$|^percentile$/, (value) => number(value)],
  [/_month$/, month, 'text'],
  [/_on$/, day, 'text'],
];

function cell(column, value) {
  const kind = KINDS.find(([pattern]) => pattern.test(column));
  if (kind) return { text: told(value, kind[1]), isNumber: kind[2] !== 'text' };
  return { text: told(value, String), isNumber: typeof value === 'number' };
}

// Elements; text never becomes markup

const escaped = (text) =>
  String(text).replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

// A large figure, made smaller where it is long.
const figure = (text, more = {}) =>
  make('strong', { ...more, style: `--letters: ${text.length}` }, text);

// What a chart shows, in figures, and where they come from.
function table(title, rows, source) {
  const columns = Object.keys(rows[0]).filter(
    (column) =>
      !column.endsWith('_zh') &&
      !(column.endsWith('_code') && column.replace(/_code$/, '_name') in rows[0]),
  );
  const heads = columns.map((column) => {
    const { isNumber } = cell(column, rows[0][column]);
    return make('th', { scope: 'col', class: isNumber ? 'number' : '' }, word(column));
  });
  const lines = rows.map((row) =>
    make(
      'tr',
      {},
      ...columns.map((column) => {
        const value = `${column}_zh` in row ? either(row, column) : row[column];
        const { text, isNumber } = cell(column, value);
        return make(
          'td',
          { class: isNumber ? 'number' : text.length > 30 ? 'long' : '' },
          text,
        );
      }),
    ),
  );
  return make(
    'details',
    {},
    make(
      'summary',
      {},
      say(['Figures', '数据']),
      make('span', { class: 'hidden' }, `: ${title}`),
    ),
    make(
      'div',
      {
        class: 'scroll',
        tabindex: 0,
        role: 'region',
        'aria-label': `${say(['Figures', '数据'])}: ${title}`,
      },
      make(
        'table',
        {},
        make('caption', { class: 'hidden' }, title),
        make('thead', {}, make('tr', {}, ...heads)),
        make('tbody', {}, ...lines),
      ),
    ),
    source,
  );
}

// Words in a chart: how wide they are, and how they are made to fit

const FONT = getComputedStyle(document.body).fontFamily;
const LINE = 16; // from line to line

const widthOf = (text, size = 12, weight = 'normal') =>
  echarts.format.getTextRect(text, `${weight} ${size}px ${FONT}`).width;

// What the longest of the words beside bars needs.
const roomFor = (texts, ...font) =>
  Math.ceil(Math.max(0, ...texts.map((text) => widthOf(text, ...font)))) + 12;

// The first way to write that has room for all values, else the last.
const writerFor = (values, room, ...ways) =>
  ways.find((write) => roomFor(values.map((it) => write(it))) <= room) ?? ways.at(-1);

// A name in at most two lines: it breaks between words and between Chinese characters.
// What has no room ends in "…"; the tooltip and the table tell it whole.
function fitted(name, width) {
  const words = name.match(/[\u2e80-\u9fff]|[^\s\u2e80-\u9fff]+\s*/g) ?? [];
  const parts = words.flatMap((word) => (widthOf(word) > width ? [...word] : word));
  let first = '';
  while (parts.length && widthOf((first + parts[0]).trimEnd()) <= width) {
    first += parts.shift();
  }
  const rest = echarts.format.truncateText(parts.join(''), width, `12px ${FONT}`, '…');
  return [first.trimEnd(), rest].filter(Boolean).join('\n');
}

// A name with its number beside it, or below it where there is little room.
const counted = (name, count, { width, isNarrow }) =>
  `${fitted(name, 0.27 * width)}${isNarrow ? '\n' : '  '}${number(count)}`;

// Colours of the scheme in use, as the browser resolves them

function colours() {
  const probe = make('span');
  document.body.append(probe);
  const resolve = (name) => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const names = [
    'card',
    'sunken',
    'line',
    'ink',
    'soft',
    'accent',
    'accent-pale',
    'on-accent',
    'second',
    'third',
    'fourth',
    'good',
    'bad',
  ];
  const found = Object.fromEntries(names.map((name) => [name, resolve(name)]));
  probe.remove();
  return found;
}

// Black or white, whichever reads better on a colour (contrast by WCAG): the better of
// the two has a contrast of 4.58 at least, and no other pair of colours has that.
function onTop(background) {
  const light = (colour) => {
    const [red, green, blue] = colour
      .match(/[\d.]+/g)
      .map((part) =>
        part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4,
      );
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05;
  };
  const contrast = (word) => {
    const ratio = light(word) / light(background);
    return Math.max(ratio, 1 / ratio);
  };
  const [black, white] = ['rgb(0,0,0)', 'rgb(255,255,255)'];
  return contrast(black) > contrast(white) ? black : white;
}

// The colour that lies so far on the way from one to another.
function between(from, to, share) {
  const parts = [from, to].map((colour) => colour.match(/[\d.]+/g).map(Number));
  return `rgb(${[0, 1, 2]
    .map((index) => Math.round(parts[0][index] + share * (parts[1][index] - parts[0][index])))
    .join(',')})`;
}

// What all charts share; a report's own option is laid over it.
function baseOption(colour) {
  return {
    animation: false,
    color: [colour.accent, colour.second, colour.third, colour.fourth],
    textStyle: { fontFamily: FONT, color: colour.ink },
    tooltip: {
      confine: true,
      backgroundColor: colour.card,
      borderColor: colour.line,
      textStyle: { color: colour.ink, fontSize: 13 },
    },
  };
}

const axis = (colour, more = {}) => ({
  axisLine: { show: false, lineStyle: { color: colour.line } },
  axisTick: { show: false },
  splitLine: { show: false, lineStyle: { color: colour.line } },
  ...more,
  axisLabel: { color: colour.soft, fontSize: 12, hideOverlap: true, ...more.axisLabel },
});
const ruled = (colour) => ({ splitLine: { show: true, lineStyle: { color: colour.line } } });
// An axis for bars that tell their values themselves: no longer than they are.
const unlabelled = (colour) => ({
  type: 'value',
  min: ({ min }) => Math.min(0, min),
  max: ({ min, max }) => Math.max(0, max) || (min < 0 ? 0 : 1),
  ...axis(colour, { axisLabel: { show: false } }),
});
const names = (colour, data, width, margin = 8) => ({
  type: 'category',
  inverse: true,
  data,
  ...axis(colour, {
    axisLabel: {
      interval: 0,
      margin,
      lineHeight: LINE,
      formatter: (text) =>
        text
          .split('\n')
          .map((name) => fitted(name, width))
          .join('\n'),
    },
  }),
});
// Where bars begin that reach to both sides; it lies behind them and their words.
const zeroLine = (colour, at = 0) => ({
  z: 1,
  silent: true,
  symbol: 'none',
  label: { show: false },
  lineStyle: { color: colour.soft, type: 'solid', width: 1 },
  data: [{ xAxis: at }],
});
const box = (more = {}) => ({
  left: 4,
  right: 12,
  top: 8,
  bottom: 4,
  outerBoundsMode: 'same',
  outerBoundsContain: 'axisLabel',
  ...more,
});
const legend = (colour) => ({
  top: 0,
  left: 0,
  itemWidth: 14,
  itemHeight: 10,
  icon: 'roundRect',
  textStyle: { color: colour.soft, fontSize: 12 },
});
const tip = (title, ...lines) =>
  [`<b>${escaped(title)}</b>`, ...lines.map(escaped)].join('<br>');

// Cards

// The status of those of these marts for which something is wanting.
function wantingOf(marts) {
  return DATA.queries.features.rows.filter(
    (row) => row.reason && marts.includes(`${row.schema_name}.${row.mart_name}`),
  );
}

// "leads: not handed over, tenders: not handed over" as "not handed over: leads, tenders".
function reasonsOf(wanting) {
  const parts = new Set(wanting.flatMap((row) => either(row, 'reason').split(', ')));
  const ways = Map.groupBy(parts, (part) => part.split(': ')[1] ?? '');
  return [...ways]
    .map(([way, needs]) => {
      const names = needs.map((need) => need.split(': ')[0]).join(', ');
      return way ? `${way}: ${names}` : names;
    })
    .join('; ');
}

// What is told in place of a report without figures. It is wanting data only if the marts
// that fill it cannot be filled (one of several will do for a report that is filled by any
// of them), or if its rows are there and what it tells of them is not known.
function empty(report, rows) {
  const marts = report.filledBy ?? DATA.queries[report.query].marts;
  const wanting = wantingOf(marts);
  const out = wanting.filter((row) => !row.is_available);
  const isUnknown = report.isEmptyWhereUnknown && rows.length > 0;
  const isOut = report.isFilledByAny ? out.length === marts.length : out.length > 0;
  const reasons = reasonsOf(isUnknown ? wanting : out);
  const why =
    reasons && (isUnknown || isOut)
      ? `${say(['Not available', '暂不可用'])} (${reasons})`
      : say((!isUnknown && report.none) || ['Nothing to show.', '暂无数据。']);
  const isPart = out.length > 0 && !isOut;
  return [make('p', { class: 'empty' }, why), ...(isPart ? [noteOf(reasons)] : [])];
}

const noteOf = (reasons) =>
  make(
    'p',
    { class: 'note' },
    `${say(['Its marts are unknown in part', '所用数据集市部分未知'])} (${reasons})`,
  );

function card(report) {
  const { rows: all, marts } = DATA.queries[report.query];
  const rows = report.filter ? all.filter(report.filter) : all;
  const title = say(report.title);
  const heading = make('h3', { id: `title-${report.id}` }, title);
  const element = make(
    'article',
    {
      id: report.id,
      'aria-labelledby': heading.id,
      class: `card ${report.size ?? ''}`,
    },
    heading,
  );

  if (!rows.length || (report.isUsable && !report.isUsable(rows))) {
    element.append(...empty(report, rows));
    return element;
  }
  const finding = report.finding ? report.finding(rows) : null;
  if (finding) element.append(make('p', { class: 'finding' }, finding));
  if (report.content) element.append(report.content(rows));
  if (report.option) {
    const height = typeof report.height === 'function' ? report.height(rows) : report.height;
    const chart = make('div', {
      class: 'chart',
      role: 'img',
      style: `height: ${height}px`,
      'aria-label': [title, finding].filter(Boolean).join('. '),
    });
    charts.push({ element: chart, report, rows, height });
    element.append(make('figure', {}, chart));
  }
  const reasons = reasonsOf(wantingOf(marts));
  if (reasons) element.append(noteOf(reasons));
  const source = make(
    'p',
    { class: 'source' },
    `${say(['From', '来源：'])} ${marts.join(', ')} (${report.query}.sql)`,
  );
  element.append(report.table === false ? source : table(title, rows, source));
  return element;
}

function draw({ element, report, rows, width, height }, colour) {
  const chart =
    echarts.getInstanceByDom(element) ??
    echarts.init(element, null, { renderer: 'svg', width, height });
  chart.resize({ width, height });
  const base = baseOption(colour);
  const option = report.option(rows, { colour, width, isNarrow: width < 480 });
  chart.setOption(
    { ...base, ...option, tooltip: { ...base.tooltip, ...option.tooltip } },
    true,
  );
}

// All is measured before anything is drawn, so that the page is laid out once.
function drawAll() {
  const colour = colours();
  charts
    .map((chart) => ({ ...chart, width: chart.element.clientWidth }))
    .forEach((chart) => draw(chart, colour));
}

function render() {
  const { as_of_on: asOf, window_start_on: start } = DATA.queries.period.rows[0];
  showSwitches();
  document.title = say(['Customer dashboard', '客户经营看板']);
  document.getElementById('title').textContent = document.title;
  document.getElementById('skip').textContent = say(['Skip to the reports', '跳到报表']);
  document.getElementById('period').textContent = say([
    `As of ${day(asOf)}; the window begins on ${day(start)}`,
    `截至${day(asOf)}；统计窗口自${day(start)}起`,
  ]);
  document.getElementById('source').textContent = say([
    'Every figure comes from a query of reports/queries on marts.duckdb. ' +
      'The page holds no data of single customers, and asks nothing of any network.',
    '所有数字均来自 reports/queries 中对 marts.duckdb 的查询。页面不含单个客户的数据，也不访问任何网络。',
  ]);
  document.getElementById('groups').setAttribute('aria-label', say(['Sections', '章节']));

  charts.forEach(({ element }) => echarts.dispose(element));
  charts = [];
  document
    .getElementById('groups')
    .replaceChildren(
      ...GROUPS.map(({ id, title }) => make('a', { href: `#${id}` }, say(title))),
    );
  document
    .getElementById('reports')
    .replaceChildren(
      ...GROUPS.map(({ id, title, reports }) =>
        make(
          'section',
          { id, 'aria-labelledby': `title-${id}` },
          make('h2', { id: `title-${id}` }, say(title)),
          make('div', { class: 'cards' }, ...reports.map(card)),
        ),
      ),
    );
  drawAll();
}
