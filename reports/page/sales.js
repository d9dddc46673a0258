// Sales: key metrics, months, why they changed, and what was out of the usual.

const TILES = [
  'net_sales_amount',
  'ticket_count',
  'basket_amount',
  'margin_rate',
  'buyer_count',
  'new_customer_count',
  'active_customer_count',
  'conversion_rate',
];

function tile(column, row) {
  const isRate = column.endsWith('_rate');
  const value = isRate ? percent(row[column]) : number(row[column]);
  return make(
    'li',
    { class: 'tile' },
    make('span', { class: 'tile-name' }, word(column)),
    figure(value, { 'data-column': column }),
    change(
      say(['on the month before', '环比']),
      row[column],
      row[`previous_${column}`],
      isRate,
    ),
    change(
      say(['on the year before', '同比']),
      row[column],
      row[`year_before_${column}`],
      isRate,
    ),
  );
}

// Of a rate in points, of anything else in per cent of what it was.
function change(against, now, before, isRate) {
  const isKnown = now !== null && before !== null && (isRate || before > 0);
  const amount = !isKnown ? null : isRate ? (now - before) * 100 : (now - before) / before;
  const signed = { signDisplay: 'exceptZero', ...digits(1) };
  const text = told(amount, (it) =>
    isRate
      ? `${format(signed).format(it)} ${say(['points', '百分点'])}`
      : format({ ...signed, style: 'percent' }).format(it),
  );
  const direction = amount > 0 ? 'up' : amount < 0 ? 'down' : '';
  const arrow = { up: '▲ ', down: '▼ ' }[direction] ?? '';
  return make(
    'div',
    { class: 'change' },
    make(
      'b',
      { class: direction },
      make('span', { class: direction, 'aria-hidden': 'true' }, arrow),
      text,
    ),
    make('span', {}, against),
  );
}

const keyMetrics = {
  id: 'key-metrics',
  query: 'key_metrics',
  size: 'wide',
  title: ['Key metrics', '核心指标'],
  none: ['No sales yet.', '暂无销售。'],
  finding: ([row]) =>
    month(row.metric_month) + (row.is_complete_month ? '' : say([' (so far)', '（截至目前）'])),
  content: ([row]) =>
    make('ul', { class: 'tiles' }, ...TILES.map((column) => tile(column, row))),
  table: false,
};

// Sales

const SHARES = ['identified_share', 'stored_value_share', 'coupon_share'];

const salesByMonth = {
  id: 'sales',
  query: 'sales_by_month',
  size: 'wide',
  height: 390,
  title: ['Net sales, and the shares of cards and coupons', '净销售额与卡券占比'],
  none: ['No sales yet.', '暂无销售。'],
  filledBy: ['metrics.agg_monthly_metrics'],
  finding: (rows) => {
    const [shown] = DATA.queries.key_metrics.rows;
    const last = rows.find((row) => row.metric_month === shown?.metric_month) ?? rows.at(-1);
    const parts = SHARES.filter((share) => last[share] !== null).map(
      (share) => `${word(share)} ${percent(last[share])}`,
    );
    return [`${month(last.metric_month)}: ${number(last.net_sales_amount)}`, ...parts].join(
      ' · ',
    );
  },
  option: (rows, { colour, isNarrow }) => {
    const side = { left: 52, right: 8 };
    const x = (gridIndex, axisLabel) => ({
      gridIndex,
      type: 'category',
      data: rows.map((row) => row.metric_month),
      ...axis(colour, {
        axisLine: { show: true, lineStyle: { color: colour.line } },
        axisLabel,
      }),
    });
    const tints = [colour.accent, colour.second, colour.third];
    return {
      title: {
        text: word('net_sales_amount'),
        top: 2,
        left: 0,
        padding: 0,
        textStyle: { color: colour.soft, fontSize: 12, fontWeight: 'normal' },
      },
      legend: { ...legend(colour), top: 208, data: SHARES.map(word) },
      grid: [
        { ...side, top: 26, height: 164 },
        { ...side, top: isNarrow ? 270 : 244, height: isNarrow ? 90 : 116 },
      ],
      xAxis: [x(0, { show: false }), x(1, { formatter: shortMonth })],
      yAxis: [
        {
          gridIndex: 0,
          splitNumber: 4,
          ...axis(colour, { ...ruled(colour), axisLabel: { formatter: compact } }),
        },
        {
          gridIndex: 1,
          splitNumber: 2,
          min: 0,
          ...axis(colour, {
            ...ruled(colour),
            axisLabel: { formatter: (it) => percent(it, 0) },
          }),
        },
      ],
      tooltip: {
        trigger: 'axis',
        formatter: ([{ dataIndex }]) => {
          const row = rows[dataIndex];
          return tip(
            month(row.metric_month),
            `${word('net_sales_amount')}: ${number(row.net_sales_amount, 2)}`,
            ...SHARES.map((share) => `${word(share)}: ${percent(row[share])}`),
          );
        },
      },
      axisPointer: { link: [{ xAxisIndex: 'all' }] },
      series: [
        {
          name: word('net_sales_amount'),
          type: 'bar',
          barMaxWidth: isNarrow ? 8 : 22,
          itemStyle: { borderRadius: [3, 3, 0, 0] },
          data: rows.map((row) => ({
            value: row.net_sales_amount,
            itemStyle: { opacity: row.is_complete_month ? 1 : 0.45 },
          })),
        },
        ...SHARES.map((share, order) => ({
          name: word(share),
          type: 'line',
          xAxisIndex: 1,
          yAxisIndex: 1,
          showSymbol: false,
          lineStyle: { width: 2, color: tints[order] },
          itemStyle: { color: tints[order] },
          data: rows.map((row) => row[share]),
        })),
      ],
    };
  },
};

// Why sales changed: one leg per driver, from what it is held against to what it was.
const LEGS = ['buyers', 'tickets_per_buyer', 'units_per_ticket', 'price', 'anonymous', 'plan']
  .map((leg) => `${leg}_effect_amount`)
  .concat('undecomposed_amount');

const driversOf = (comparison, title, more = []) => ({
  id: `drivers-${comparison}`,
  query: 'sales_drivers',
  title,
  size: 'third',
  height: 300,
  filter: (row) => row.comparison_code === comparison,
  none: ['There is nothing to compare with.', '没有可比数据。'],
  filledBy: ['metrics.agg_sales_drivers', ...more],
  finding: ([row]) =>
    say([
      `${month(row.metric_month)}: ${money(row.change_amount)}` +
        (row.main_driver_name
          ? `, most of all by: ${row.main_driver_name}. ${row.main_driver_action}.`
          : ''),
      `${month(row.metric_month)}：${money(row.change_amount)}` +
        (row.main_driver_name
          ? `，主要因素：${row.main_driver_name_zh}。${row.main_driver_action_zh}。`
          : ''),
    ]),
  option: ([row], { colour, width }) => {
    let level = row.compared_amount;
    const steps = [{ column: 'compared_amount', from: 0, to: level }];
    for (const column of LEGS.filter((leg) => row[leg])) {
      steps.push({ column, from: level, to: level + row[column] });
      level += row[column];
    }
    steps.push({ column: 'net_sales_amount', from: 0, to: row.net_sales_amount });
    const isTotal = (step) =>
      step.column === 'compared_amount' || step.column === 'net_sales_amount';
    const tint = (step) =>
      isTotal(step) ? colour.accent : step.to < step.from ? colour.bad : colour.good;
    const full = (step) => (isTotal(step) ? number(step.to) : money(row[step.column]));
    const brief = (step) =>
      isTotal(step) ? compact(step.to) : compactMoney(row[step.column]);
    const write = writerFor(steps, width / 3, full, brief);
    const isBelow = steps.some((step) => step.to < 0);
    return {
      grid: box({ right: roomFor(steps.map(write)) }),
      xAxis: unlabelled(colour),
      yAxis: names(
        colour,
        steps.map((step) => word(step.column)),
        104,
      ),
      tooltip: {
        formatter: ({ dataIndex }) =>
          tip(word(steps[dataIndex].column), number(row[steps[dataIndex].column], 2)),
      },
      series: [
        {
          type: 'bar',
          stack: 'all',
          silent: true,
          itemStyle: { color: 'transparent' },
          data: steps.map((step) => step.from),
        },
        {
          type: 'bar',
          stack: 'all',
          stackStrategy: 'all', // onto the first, also where the signs differ
          barCategoryGap: '30%',
          markLine: isBelow ? zeroLine(colour) : null,
          label: {
            show: true,
            position: 'right',
            color: colour.ink,
            backgroundColor: isBelow ? colour.card : null,
            fontSize: 12,
            formatter: ({ dataIndex }) => write(steps[dataIndex]),
          },
          data: steps.map((step) => ({
            value: step.to - step.from,
            itemStyle: { color: tint(step), borderRadius: 2 },
          })),
        },
      ],
    };
  },
});

const anomalies = {
  id: 'anomalies',
  query: 'anomalies',
  size: 'wide',
  title: ['Out of the usual in the last eight weeks', '最近八周的异常'],
  none: ['Nothing out of the usual in the last eight weeks.', '最近八周未发现异常。'],
  isFilledByAny: true,
  content: (rows) =>
    make(
      'ul',
      { class: 'events' },
      ...rows.map((row) =>
        make(
          'li',
          { class: row.is_good ? 'good' : 'bad' },
          make('b', {}, named(row, 'anomaly')),
          ' ',
          either(row, 'sentence'),
          row.action ? make('p', {}, either(row, 'action')) : null,
        ),
      ),
    ),
};
