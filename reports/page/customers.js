// Customers: pyramid, concentration, RFM, value matrix, lifecycle.

const pyramid = {
  id: 'pyramid',
  query: 'pyramid',
  height: 250,
  title: ['The customer pyramid', '客户金字塔'],
  none: ['Nobody bought in the window.', '统计窗口内无人购买。'],
  finding: (rows) => {
    // The best tiers that together hold no more than half of the customers.
    const held = rows.filter((row) => row.customer_share > 0);
    if (!held.length) return null;
    if (held.length === 1) {
      return say([
        `All customers are of one tier: ${named(held[0], 'tier')}.`,
        `全部客户属于同一等级：${named(held[0], 'tier')}。`,
      ]);
    }
    const best = held.filter(
      (_, index) => !index || sum(held.slice(0, index + 1), 'customer_share') <= 0.5,
    );
    return say([
      `The best ${percent(sum(best, 'customer_share'), 0)} of the customers bring ` +
        `${percent(sum(best, 'net_sales_share'))} of net sales.`,
      `最好的${percent(sum(best, 'customer_share'), 0)}客户带来${percent(sum(best, 'net_sales_share'))}的净销售额。`,
    ]);
  },
  option: (all, { colour, isNarrow }) => {
    const rows = all.filter((row) => row.customer_share !== null);
    const most = (column) => Math.max(0, ...rows.map((row) => row[column]));
    const told = (column) => rows.map((row) => percent(row[column]));
    // Sales begin where customers do; with tiers that sent back more than they bought,
    // so far to the right that their bars have room on the left.
    const least = Math.min(0, ...rows.map((row) => row.net_sales_share));
    const start = least < 0 ? 0.03 * most('customer_share') - least : 0;
    const bars = (stack, data) => ({
      type: 'bar',
      stack,
      stackStrategy: 'all',
      barGap: '-100%',
      barCategoryGap: '35%',
      data,
    });
    const words = (column, position) => ({
      show: true,
      position,
      color: colour.ink,
      fontSize: 12,
      formatter: ({ dataIndex }) => percent(rows[dataIndex][column]),
    });
    const rounded = (isLeft) => (isLeft ? [4, 0, 0, 4] : [0, 4, 4, 0]);
    return {
      legend: legend(colour),
      grid: box({ top: 34, right: roomFor(told('net_sales_share')) }),
      xAxis: {
        ...unlabelled(colour),
        min: -most('customer_share'),
        max: start + most('net_sales_share'),
      },
      yAxis: names(
        colour,
        rows.map((row) => named(row, 'tier')),
        isNarrow ? 64 : 110,
        roomFor(told('customer_share')) + 4,
      ),
      tooltip: {
        formatter: ({ dataIndex }) => {
          const row = rows[dataIndex];
          return tip(
            named(row, 'tier'),
            `${word('customer_count')}: ${number(row.customer_count)}`,
            `${word('net_sales_amount')}: ${number(row.net_sales_amount, 2)}`,
            `${word('average_net_sales_amount')}: ${number(row.average_net_sales_amount, 2)}`,
          );
        },
      },
      series: [
        {
          ...bars(
            'customers',
            rows.map((row) => -row.customer_share),
          ),
          name: word('customer_share'),
          itemStyle: { color: colour.fourth, borderRadius: rounded(true) },
          label: words('customer_share', 'left'),
        },
        {
          ...bars(
            'sales',
            rows.map(() => start),
          ),
          silent: true,
          itemStyle: { color: 'transparent' },
        },
        {
          ...bars(
            'sales',
            rows.map(({ net_sales_share: value }) => ({
              value,
              itemStyle: { borderRadius: rounded(value < 0) },
            })),
          ),
          name: word('net_sales_share'),
          itemStyle: { color: colour.accent },
          label: words('net_sales_share', 'right'),
          markLine: start ? zeroLine(colour, start) : null,
        },
      ],
    };
  },
};

const lorenz = {
  id: 'lorenz',
  query: 'lorenz_curve',
  height: 290,
  title: ['Concentration (Lorenz curve)', '集中度（洛伦兹曲线）'],
  none: ['There are no sales to share out.', '没有可分摊的销售额。'],
  finding: () => {
    const [sales] = DATA.queries.concentration.rows;
    return (
      sales &&
      say([
        `${percent(sales.main_customer_share)} of the customers bring ` +
          `${percent(sales.main_amount_share, 0)} of net sales; Gini ${number(sales.gini_coefficient, 2)}.`,
        `${percent(sales.main_customer_share)}的客户带来${percent(sales.main_amount_share, 0)}的净销售额；` +
          `基尼系数${number(sales.gini_coefficient, 2)}。`,
      ])
    );
  },
  isUsable: (rows) => rows.some((row) => row.worst_share !== null),
  option: (rows, { colour, isNarrow }) => {
    const curves = Object.values(byKey(rows, 'metric_name'));
    const lowest = Math.min(...rows.map((row) => row.worst_share));
    const share = (more) => ({
      type: 'value',
      nameLocation: 'middle',
      nameTextStyle: { color: colour.soft },
      ...axis(colour, {
        ...ruled(colour),
        axisLabel: { formatter: (it) => percent(it, 0) },
      }),
      ...more,
    });
    return {
      legend: legend(colour),
      grid: box({ top: isNarrow ? 54 : 34, bottom: 24, right: 20 }),
      xAxis: share({
        name: say(['Customers, the smallest first', '客户（由小到大）']),
        max: 1,
        nameGap: 28,
      }),
      yAxis: share({ max: 1, min: lowest < -0.01 ? Math.floor(lowest * 5) / 5 : 0 }),
      tooltip: {
        trigger: 'axis',
        formatter: (points) =>
          tip(
            percent(points[0].value[0], 0),
            ...points
              .filter((point) => point.seriesName)
              .map(({ seriesName, value }) => `${seriesName}: ${percent(value[1])}`),
          ),
      },
      series: [
        ...curves.map((curve, order) => ({
          name: named(curve[0], 'metric'),
          type: 'line',
          showSymbol: false,
          lineStyle: { width: 2, type: order ? 'dashed' : 'solid' },
          areaStyle: order ? null : { opacity: 0.1 },
          data: [[0, 0], ...curve.map((row) => [row.percentile / 100, row.worst_share])],
        })),
        {
          name: say(['if all were equal', '完全平均']),
          type: 'line',
          showSymbol: false,
          lineStyle: { width: 1, type: 'dashed', color: colour.fourth },
          itemStyle: { color: colour.fourth },
          data: [
            [0, 0],
            [1, 1],
          ],
        },
      ],
    };
  },
};

// A heat map whose words stay readable on every shade.
function heat({ colour, points, largest, show, fontSize = 12 }) {
  const shade = (value) =>
    between(colour['accent-pale'], colour.accent, Math.max(0, value / (largest || 1)));
  return {
    visualMap: { show: false, min: 0, max: largest || 1 },
    series: [
      {
        type: 'heatmap',
        emphasis: { disabled: true },
        data: points.map(({ at, text }) => ({
          value: at,
          itemStyle: {
            color: shade(at[2]),
            borderColor: colour.card,
            borderWidth: 2,
            borderRadius: 4,
          },
          label: {
            show,
            fontSize,
            formatter: () => text,
            color: onTop(shade(at[2])),
          },
        })),
      },
    ],
  };
}

const rfmGrid = {
  id: 'rfm-grid',
  query: 'rfm_grid',
  height: 440,
  title: ['Recency and frequency', 'RFM 网格：近度与频率'],
  none: ['Nobody bought in the window.', '统计窗口内无人购买。'],
  finding: (rows) => {
    const best = rows.filter((row) => row.r_score >= 4 && row.f_score >= 4);
    return say([
      `${number(sum(best, 'customer_count'))} customers score 4 or 5 in both and bring ` +
        `${percent(sum(best, 'net_sales_share'))} of net sales.`,
      `近度与频率均为4分以上的客户有${number(sum(best, 'customer_count'))}人，` +
        `带来${percent(sum(best, 'net_sales_share'))}的净销售额。`,
    ]);
  },
  option: (rows, { colour, width }) => {
    const customers = rows.map((row) => row.customer_count);
    const write = writerFor(customers, width / 6, number, compact);
    const scale = (score, name) => ({
      type: 'category',
      data: [1, 2, 3, 4, 5],
      nameLocation: 'middle',
      name,
      nameTextStyle: { color: colour.soft },
      ...axis(colour),
    });
    return {
      ...heat({
        colour,
        show: true,
        largest: Math.max(...customers),
        points: rows.map((row) => ({
          at: [row.f_score - 1, row.r_score - 1, row.customer_count],
          text: write(row.customer_count),
        })),
      }),
      grid: box({ left: 24, bottom: 24 }),
      xAxis: { ...scale('f_score', word('f_score_name')), nameGap: 26 },
      yAxis: { ...scale('r_score', word('r_score_name')), nameGap: 24 },
      tooltip: {
        formatter: ({ dataIndex }) => {
          const row = rows[dataIndex];
          return tip(
            `${word('r_score_name')} ${row.r_score}, ${word('f_score_name')} ${row.f_score}`,
            `${word('customer_count')}: ${number(row.customer_count)}`,
            `${word('net_sales_share')}: ${percent(row.net_sales_share)}`,
          );
        },
      },
    };
  },
};

const rfmSegments = {
  id: 'rfm-segments',
  query: 'rfm_segments',
  height: (rows) => 50 + 42 * rows.length,
  title: ['Segments of RFM', 'RFM 细分'],
  none: ['Nobody bought in the window.', '统计窗口内无人购买。'],
  finding: (rows) => {
    const first = rows.toSorted((one, other) => other.net_sales_share - one.net_sales_share)[0];
    return say([
      `${named(first, 'segment')}: ${percent(first.customer_share)} of the customers, ` +
        `${percent(first.net_sales_share)} of net sales.`,
      `${named(first, 'segment')}：客户占${percent(first.customer_share)}，` +
        `净销售额占${percent(first.net_sales_share)}。`,
    ]);
  },
  option: (rows, { colour, isNarrow }) => {
    const bar = (column, tint) => ({
      name: word(column),
      type: 'bar',
      barGap: '15%',
      barCategoryGap: '30%',
      itemStyle: { color: tint, borderRadius: [0, 3, 3, 0] },
      label: {
        show: true,
        position: 'right',
        color: colour.soft,
        fontSize: 11,
        formatter: ({ value }) => percent(value),
      },
      data: rows.map((row) => row[column]),
    });
    return {
      legend: legend(colour),
      grid: box({
        top: 34,
        right: roomFor(
          rows.flatMap((row) => [percent(row.customer_share), percent(row.net_sales_share)]),
          11,
        ),
      }),
      xAxis: unlabelled(colour),
      yAxis: names(
        colour,
        rows.map((row) => named(row, 'segment')),
        isNarrow ? 84 : 140,
      ),
      tooltip: {
        formatter: ({ dataIndex }) =>
          tip(
            named(rows[dataIndex], 'segment'),
            `${word('customer_count')}: ${number(rows[dataIndex].customer_count)}`,
            `${word('net_sales_amount')}: ${number(rows[dataIndex].net_sales_amount, 2)}`,
            either(rows[dataIndex], 'action'),
          ),
        extraCssText: 'max-width: 22rem; white-space: normal',
      },
      series: [bar('customer_share', colour.fourth), bar('net_sales_share', colour.accent)],
    };
  },
};

const valueMatrix = {
  id: 'value-matrix',
  query: 'value_matrix',
  title: ['Value matrix: net sales against margin', '价值矩阵：销售与毛利'],
  none: ['Nobody bought in the window.', '统计窗口内无人购买。'],
  isEmptyWhereUnknown: true,
  isUsable: (rows) => rows.some((row) => row.quadrant_code !== 'margin_unknown'),
  content: (rows) => {
    // Margin upwards, sales to the right, as the literature draws it.
    return make(
      'ul',
      { class: 'quadrants' },
      ...['LH', 'HH', 'LL', 'HL'].map((code) =>
        quadrant(rows.find((row) => row.quadrant_code === code)),
      ),
    );
  },
};

// A quadrant without customers keeps its place.
function quadrant(row) {
  if (!row) {
    return make('li', { class: 'quadrant vacant' }, say(['No customers here', '此象限暂无客户']));
  }
  const weight = Math.min(1, Math.max(0, row.net_sales_share));
  return make(
    'li',
    { class: 'quadrant', style: `--weight: ${Math.round(4 + 32 * weight)}%` },
    named(row, 'quadrant'),
    figure(percent(row.net_sales_share)),
    make(
      'p',
      {},
      say([
        `of net sales · ${number(row.customer_count)} customers · margin ${percent(row.margin_rate)}`,
        `净销售额 · ${number(row.customer_count)}位客户 · 毛利率${percent(row.margin_rate)}`,
      ]),
    ),
    make('p', { class: 'action' }, either(row, 'action')),
  );
}

const lifecycle = {
  id: 'lifecycle',
  query: 'lifecycle',
  height: (rows) => 90 + 50 * unique(rows.map((row) => row.stage_code)).length,
  title: ['Lifecycle: from lead to advocate', '客户生命周期'],
  none: ['No customer and no lead yet.', '暂无客户与线索。'],
  finding: (rows) => {
    const count = (stages) =>
      sum(
        rows.filter((row) => stages.includes(row.stage_code)),
        'lifecycle_count',
      );
    return say([
      `${number(count(['first', 'repeat', 'advocate']))} have bought, ` +
        `${number(count(['repeat', 'advocate']))} of them more than once; ` +
        `${number(count(['advocate']))} speak for us.`,
      `已购买${number(count(['first', 'repeat', 'advocate']))}人，其中` +
        `${number(count(['repeat', 'advocate']))}人多次购买，${number(count(['advocate']))}人主动宣传。`,
    ]);
  },
  option: (rows, { colour, ...room }) => {
    const stages = Object.values(byKey(rows, 'stage_code'));
    const tints = {
      active: colour.accent,
      reactivated: colour.third,
      cooling: colour.second,
      lapsed: colour.fourth,
    };
    const known = unique(rows.map((row) => row.activity_code));
    const states = unique([...Object.keys(tints).filter((it) => known.includes(it)), ...known]);
    return {
      legend: legend(colour),
      grid: box({ top: 52 }),
      xAxis: {
        type: 'value',
        minInterval: 1,
        ...axis(colour, {
          axisLabel: { formatter: compact },
          ...ruled(colour),
        }),
      },
      yAxis: {
        type: 'category',
        inverse: true,
        data: stages.map((stage) =>
          counted(named(stage[0], 'stage'), sum(stage, 'lifecycle_count'), room),
        ),
        ...axis(colour, { axisLabel: { interval: 0, lineHeight: LINE } }),
      },
      tooltip: {
        formatter: ({ seriesName, value, dataIndex }) =>
          tip(named(stages[dataIndex][0], 'stage'), `${seriesName}: ${number(value)}`),
      },
      series: states.map((state) => {
        const found = rows.find((row) => row.activity_code === state);
        return {
          name: state ? named(found, 'activity') : say(['never bought', '从未购买']),
          type: 'bar',
          stack: 'all',
          barCategoryGap: '40%',
          itemStyle: { color: tints[state] ?? colour['line'] },
          data: stages.map(
            (stage) => stage.find((row) => row.activity_code === state)?.lifecycle_count ?? 0,
          ),
        };
      }),
    };
  },
};
