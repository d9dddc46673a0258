// Retention: cohorts, and tiers of a year ago and now.

const cohorts = {
  id: 'cohorts',
  query: 'cohorts',
  size: 'wide',
  height: (rows) => 56 + 26 * unique(rows.map((row) => row.cohort_month)).length,
  title: ['Cohorts: who buys again', '同期群留存'],
  none: ['No month after a first purchase is over yet.', '首购之后尚无完整月份。'],
  finding: (rows) => {
    const later = rows.filter((row) => row.months_since === 3 && !row.is_left_censored);
    return later.length
      ? say([
          `Three months after the first purchase ${percent(sum(later, 'buyer_count') / sum(later, 'customer_count'))} bought` +
            ' (cohorts marked * may have bought before the data begins).',
          `首购三个月后有${percent(sum(later, 'buyer_count') / sum(later, 'customer_count'))}再次购买` +
            '（带 * 的同期群可能在数据开始之前已购买）。',
        ])
      : null;
  },
  isUsable: (rows) => rows.some((row) => row.months_since > 0),
  option: (all, { colour, width, isNarrow }) => {
    const rows = all.filter((row) => row.months_since > 0);
    const months = unique(rows.map((row) => row.cohort_month)).sort();
    const flagged = new Set(
      rows.filter((row) => row.is_left_censored).map((row) => row.cohort_month),
    );
    const last = Math.max(...rows.map((row) => row.months_since));
    return {
      ...heat({
        colour,
        show: width > 40 * last,
        fontSize: 11,
        largest: Math.max(...rows.map((row) => row.retention_rate ?? 0)),
        points: rows.map((row) => ({
          at: [row.months_since - 1, months.indexOf(row.cohort_month), row.retention_rate],
          text: percent(row.retention_rate, 0),
        })),
      }),
      grid: box({ bottom: 24 }),
      xAxis: {
        type: 'category',
        data: Array.from({ length: last }, (_, index) => index + 1),
        name: word('months_since'),
        nameLocation: 'middle',
        nameGap: 26,
        nameTextStyle: { color: colour.soft },
        // As many months as there is room for, each as far from the next.
        ...axis(colour, {
          axisLabel: { interval: Math.ceil((24 * last) / (width - 80)) - 1 },
        }),
      },
      yAxis: {
        type: 'category',
        inverse: true,
        data: months,
        ...axis(colour, {
          axisLabel: {
            interval: 0,
            formatter: (it) =>
              `${(isNarrow ? shortMonth : month)(it)}${flagged.has(it) ? ' *' : ''}`,
          },
        }),
      },
      tooltip: {
        formatter: ({ dataIndex }) => {
          const row = rows[dataIndex];
          return tip(
            month(row.cohort_month),
            `${word('months_since')}: ${row.months_since}`,
            `${word('buyer_count')}: ${number(row.buyer_count)} / ${number(row.customer_count)}`,
            `${word('retention_rate')}: ${percent(row.retention_rate)}`,
          );
        },
      },
    };
  },
};

// The tiers, best first; who was none yet comes last.
const tierOrder = () => [...DATA.queries.pyramid.rows.map((row) => row.tier_code), 'newcomer'];

const tierMoves = {
  id: 'tier-moves',
  query: 'tier_moves',
  size: 'wide',
  height: (rows) => Math.max(420, 64 * unique(rows.map((row) => row.from_code)).length),
  title: ['Tiers: a year ago and now', '等级迁移：一年前与现在'],
  none: ['No month end yet since the first purchase.', '首购之后还没有月末。'],
  finding: (rows) => {
    const place = (code) => tierOrder().indexOf(code);
    const moved = (isMove) =>
      sum(
        rows.filter(
          (row) =>
            row.from_code !== 'newcomer' && isMove(place(row.from_code), place(row.to_code)),
        ),
        'customer_count',
      );
    return say([
      `From ${day(rows[0].year_before_on)} to ${day(rows[0].now_on)} ` +
        `${number(moved((from, to) => to < from))} rose and ${number(moved((from, to) => to > from))} fell.`,
      `${day(rows[0].year_before_on)}至${day(rows[0].now_on)}，` +
        `上升${number(moved((from, to) => to < from))}人，下降${number(moved((from, to) => to > from))}人。`,
    ]);
  },
  option: (rows, { colour, ...room }) => {
    const tints = {
      A: colour.accent,
      B: colour.third,
      C: colour.second,
      D: between(colour['accent-pale'], colour.accent, 0.5),
      N: colour.fourth,
    };
    const end = (side, position) =>
      tierOrder().flatMap((code) => {
        const mine = rows.filter((row) => row[`${side}_code`] === code);
        return !mine.length
          ? []
          : {
              name: `${side}:${code}`,
              title: named(mine[0], side),
              depth: side === 'from' ? 0 : 1,
              itemStyle: { color: tints[code] ?? colour.soft },
              label: {
                position,
                color: colour.ink,
                fontSize: 12,
                lineHeight: LINE,
                formatter: counted(
                  named(mine[0], side),
                  sum(mine, 'customer_count'),
                  room,
                ),
              },
            };
      });
    const nodes = [...end('from', 'left'), ...end('to', 'right')];
    const labels = nodes.map((node) => node.label.formatter);
    const margin = roomFor(labels);
    const height = LINE * Math.max(...labels.map((label) => label.split('\n').length));
    return {
      tooltip: {
        formatter: ({ dataType, dataIndex, data, value }) => {
          if (dataType !== 'edge') {
            return tip(data.title, `${word('customer_count')}: ${number(value)}`);
          }
          const row = rows[dataIndex];
          return tip(
            `${named(row, 'from')} → ${named(row, 'to')}`,
            `${word('customer_count')}: ${number(row.customer_count)}`,
            `${word('net_sales_change_amount')}: ${number(row.net_sales_change_amount, 2)}`,
          );
        },
      },
      series: [
        {
          type: 'sankey',
          left: margin,
          right: margin,
          top: height / 2,
          bottom: height / 2,
          nodeWidth: 12,
          nodeGap: 2 + height,
          draggable: false,
          layoutIterations: 0,
          lineStyle: { color: 'source', opacity: 0.28, curveness: 0.5 },
          data: nodes,
          links: rows.map((row) => ({
            source: `from:${row.from_code}`,
            target: `to:${row.to_code}`,
            value: row.customer_count,
          })),
        },
      ],
    };
  },
};
