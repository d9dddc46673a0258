// The data dictionary: one line per mart and column, and a search over all of them.
const { tables: TABLES, as_of_on: AS_OF } = JSON.parse(
  document.getElementById('data').textContent,
);
const ROOMS = {
  core: ['Core: facts and dimensions', '核心：事实与维度'],
  baskets: ['Baskets: what is bought together', '购物篮：一起购买'],
  campaigns: ['Campaigns: what they bring and cost', '营销活动：效果与费用'],
  care: ['Care: whom to contact, and why', '客户关怀：联系谁、为何'],
  funnel: ['Funnel: from lead to order', '漏斗：从线索到订单'],
  metrics: ['Metrics: what happened, and why', '指标：发生了什么、为何'],
  prediction: ['Prediction: what customers will buy', '预测：客户将购买什么'],
  quality: ['Quality of the data', '数据质量'],
  retention: ['Retention: who stays, leaves, comes back', '留存：留下、流失、回归'],
  segments: ['Segments: who the customers are', '细分：客户是谁'],
};
let lines = [];

const byId = (id) => document.getElementById(id);
const fullName = (table) => `${table.room}.${table.name}`;
const room = (name) => ROOMS[name] ?? [name, name];
const schemas = new Map(TABLES.map((table) => [table.name, fullName(table)]));

// One line per column

function keyCell(table, name, reference) {
  const parts = [];
  if (table.key.includes(name)) parts.push(make('span', {}, say(['key', '主键'])));
  if (reference) {
    const schema = schemas.get(reference.split('.')[0]);
    if (parts.length) parts.push(' ');
    parts.push(
      schema
        ? make('a', { href: `#${schema}` }, `→\u00a0${reference}`)
        : make('small', {}, `${say(['as in', '取自'])} ${reference}`),
    );
  }
  return make('td', { class: 'key' }, ...parts);
}

function columnRow(table, [name, type, description, reference]) {
  const chinese = COLUMN_WORDS[name] ?? WORDS[name]?.[1];
  const label = chinese ? make('span', { class: 'label', lang: 'zh' }, chinese) : null;
  const row = make(
    'tr',
    { id: `${fullName(table)}.${name}` },
    make('th', { scope: 'row', class: 'name' }, name, label),
    make('td', { class: 'type' }, type),
    keyCell(table, name, reference),
    make('td', {}, description ?? ''),
  );
  return { row, text: row.textContent.toLowerCase() };
}

// One line per mart, its columns below it

function facts(table) {
  const code = (text) => make('span', { class: 'name' }, text);
  const needs = (names) => names.map((name) => name.replaceAll('|', say([' or ', ' 或 '])));
  const rows = [
    [['Key', '主键'], [table.key.join(', ')].filter(Boolean).map(code)],
    [
      ['Answers', '回答的问题'],
      table.questions.map(([asked, quoted]) => `${asked} ${quoted}`),
    ],
    [['Shown in', '展示于'], [table.shown_in.join(', ')].filter(Boolean)],
    [['Empty without', '缺少则为空'], [needs(table.needs).join(', ')].filter(Boolean)],
    [['Unknown in part without', '缺少则部分未知'], [needs(table.uses).join(', ')].filter(Boolean)],
    [['In this build', '本次构建'], [statusOf(table)].filter(Boolean)],
  ];
  return make(
    'dl',
    { class: 'facts' },
    ...rows
      .filter(([, values]) => values.length)
      .flatMap(([title, values]) => [
        make('dt', {}, say(title)),
        ...values.map((value) => make('dd', {}, value)),
      ]),
  );
}

function statusOf(table) {
  if (!table.status) return null;
  const [, name, chinese, reason, chineseReason] = table.status;
  const why = say([reason, chineseReason]);
  return say([name, chinese]) + (why ? ` (${why})` : '');
}

function counted(count, one, chinese) {
  return `${number(count)} ${say([count === 1 ? one : `${one}s`, chinese])}`;
}

function martLine(table) {
  const code = table.status?.[0];
  const chinese = MART_WORDS[table.name];
  const size = make(
    'span',
    { class: 'size' },
    `${counted(table.rows, 'row', '行')} · ${counted(table.columns.length, 'column', '列')}`,
    code && code !== 'available'
      ? make('span', { class: 'note' }, say(table.status.slice(1, 3)))
      : null,
  );
  const columns = table.columns.map((column) => columnRow(table, column));
  const heads = [
    ['Column', '列'],
    ['Type', '类型'],
    ['Key', '键'],
    ['What it says', '说明'],
  ].map((head) => make('th', { scope: 'col' }, say(head)));
  const all = make(
    'button',
    { type: 'button', class: 'all' },
    say([`All of ${table.name}`, `${table.name} 全部内容`]),
  );
  const about = make('div', { class: 'about' }, make('p', {}, table.more), facts(table));
  const element = make(
    'details',
    { class: 'mart', id: fullName(table) },
    make(
      'summary',
      {},
      make(
        'span',
        { class: 'name' },
        `${table.room}.`,
        make('b', {}, table.name),
        chinese ? make('span', { class: 'label', lang: 'zh' }, chinese) : null,
      ),
      make('span', { class: 'grain' }, table.grain),
      size,
    ),
    make(
      'div',
      { class: 'body' },
      about,
      make(
        'table',
        { class: 'columns' },
        make('caption', { class: 'hidden' }, `${say(['Columns of', '列：'])} ${table.name}`),
        make('thead', {}, make('tr', {}, ...heads)),
        make('tbody', {}, ...columns.map(({ row }) => row)),
      ),
      all,
    ),
  );
  all.addEventListener('click', () => {
    for (const { row } of columns) row.hidden = false;
    element.classList.remove('narrowed');
  });
  const text = `${fullName(table)} ${chinese} ${table.grain} ${about.textContent}`;
  return { element, columns, text: text.toLowerCase(), name: fullName(table) };
}

// Searching: every word must occur, in any order

function search() {
  // A single letter is in everything.
  const words = byId('query').value.toLowerCase().match(/[^\s\w]+|\w\S+/g) ?? [];
  let marts = 0;
  let columns = 0;
  for (const line of lines) {
    const isMart = words.every((word) => line.text.includes(word));
    const hits = line.columns.filter(
      ({ text }) =>
        words.some((word) => text.includes(word)) &&
        words.every((word) => text.includes(word) || line.name.includes(word)),
    );
    const isNarrowed = words.length > 0 && hits.length > 0;
    for (const { row } of line.columns) row.hidden = isNarrowed;
    if (isNarrowed) for (const { row } of hits) row.hidden = false;
    line.element.hidden = !isMart && !hits.length;
    line.element.open = isNarrowed;
    line.element.classList.toggle('narrowed', isNarrowed);
    if (line.element.hidden) continue;
    marts += 1;
    columns += words.length ? hits.length : line.columns.length;
  }
  for (const section of document.querySelectorAll('main section')) {
    section.hidden = !section.querySelector('.mart:not([hidden])');
  }
  byId('found').textContent =
    `${counted(marts, 'mart', '个集市')}, ${counted(columns, 'column', '列')}`;
  byId('nothing').hidden = marts > 0;
  highlight(words);
}

// The words that were found stand out; the page itself stays as it is.
function highlight(words) {
  if (!window.Highlight) return;
  CSS.highlights.delete('found');
  if (words.join('').length < 2) return;
  const ranges = [];
  const walker = document.createTreeWalker(byId('tables'), NodeFilter.SHOW_TEXT, (node) =>
    node.parentElement.checkVisibility()
      ? NodeFilter.FILTER_ACCEPT
      : NodeFilter.FILTER_SKIP,
  );
  while (walker.nextNode() && ranges.length < 2000) {
    const text = walker.currentNode.data.toLowerCase();
    for (const word of words) {
      for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
        const range = new Range();
        range.setStart(walker.currentNode, at);
        range.setEnd(walker.currentNode, at + word.length);
        ranges.push(range);
      }
    }
  }
  CSS.highlights.set('found', new Highlight(...ranges));
}

// The mart or column that the address names is opened and shown.
function openNamed() {
  const named = byId(decodeURIComponent(location.hash.slice(1)));
  const mart = named?.closest('.mart');
  if (!mart) return;
  if (mart.hidden || named.hidden) {
    byId('query').value = '';
    search();
  }
  mart.open = true;
  named.scrollIntoView();
}

function render() {
  showSwitches();
  document.title = say(['Data dictionary', '数据字典']);
  byId('title').textContent = document.title;
  byId('skip').textContent = say(['Skip to the tables', '跳到数据表']);
  byId('period').textContent = say([
    `What stands in marts.duckdb, as of ${day(AS_OF)}`,
    `marts.duckdb 的内容，截至${day(AS_OF)}`,
  ]);
  byId('groups').setAttribute('aria-label', say(['Rooms', '分区']));
  byId('query-label').textContent = say(['Search', '搜索']);
  byId('query').placeholder = say([
    'Search: churn rate, margin, 会员…',
    '搜索：流失率, margin, 会员…',
  ]);
  byId('nothing').textContent = say([
    'Nothing holds all of these words. Try fewer, or a part of one.',
    '没有同时包含这些词的内容，请减少词语或只输入一部分。',
  ]);
  byId('source').textContent = say([
    'Every table and column of the published file, with its comment. Under “Key” a column ' +
      'points to the one whose values it takes, as a test checks in every build. ' +
      'The page asks nothing of any network.',
    '已发布文件的全部表、列及其注释。“键”一栏指向取值来源的列，每次构建均有测试校验。页面不访问任何网络。',
  ]);
  const tables = Map.groupBy(TABLES, (table) => table.room);
  byId('groups').replaceChildren(
    ...[...tables.keys()].map((name) =>
      make('a', { href: `#${name}` }, say(room(name)).split(/[:：]/)[0]),
    ),
  );
  lines = TABLES.map(martLine);
  const elements = new Map(lines.map(({ name, element }) => [name, element]));
  byId('tables').replaceChildren(
    ...[...tables].map(([name, its]) =>
      make(
        'section',
        { id: name, 'aria-labelledby': `title-${name}` },
        make('h2', { id: `title-${name}` }, say(room(name))),
        ...its.map((table) => elements.get(fullName(table))),
      ),
    ),
  );
  search();
}

listenToSwitches(render);
byId('query').addEventListener('input', search);
addEventListener('hashchange', openNamed);
addEventListener('keydown', (event) => {
  if (event.key === '/' && event.target !== byId('query')) {
    event.preventDefault();
    byId('query').focus();
  }
});
render();
openNamed();
