// Funnel, campaigns and care.

const funnelOf = (entity, title) => ({
  id: `funnel-${entity}`,
  query: 'funnel',
  title,
  filter: (row) => row.entity_type === entity,
  height: (rows) => 20 + 44 * rows.filter((row) => row.stage_kind !== 'lost').length,
  finding: (all) => {
    const rows = all.filter(
      (row) => row.stage_kind !== 'lost' && row.adjacent_conversion_rate !== null,
    );
    if (!rows.length) return null;
    const leak = rows.reduce((one, other) =>
      other.adjacent_conversion_rate < one.adjacent_conversion_rate ? other : one,
    );
    return say([
      `${percent(rows.at(-1).overall_conversion_rate)} come to the end; the narrowest step leads to ` +
        `${leak.stage_name} (${percent(leak.adjacent_conversion_rate)}).`,
      `总转化率${percent(rows.at(-1).overall_conversion_rate)}；最窄的环节是进入` +
        `${leak.stage_name_zh}（${percent(leak.adjacent_conversion_rate)}）。`,
    ]);
  },
  option: (all, { colour, isNarrow }) => {
    const rows = all.filter((row) => row.stage_kind !== 'lost');
    return {
      grid: box({ right: isNarrow ? 96 : 118 }),
      xAxis: unlabelled(colour),
      yAxis: names(
        colour,
        rows.map((row) => named(row, 'stage')),
        isNarrow ? 84 : 140,
      ),
      tooltip: {
        formatter: ({ dataIndex }) => {
          const row = rows[dataIndex];
          return tip(
            named(row, 'stage'),
            ...['entered_count', 'open_count', 'lost_count'].map(
              (it) => `${word(it)}: ${number(row[it])}`,
            ),
            ...['adjacent_conversion_rate', 'overall_conversion_rate'].map(
              (it) => `${word(it)}: ${percent(row[it])}`,
            ),
          );
        },
      },
      series: [
        {
          type: 'bar',
          barCategoryGap: '28%',
          itemStyle: { borderRadius: [0, 4, 4, 0] },
          label: {
            show: true,
            position: 'right',
            color: colour.ink,
            fontSize: 12,
            formatter: ({ dataIndex }) => {
              const { entered_count: count, adjacent_conversion_rate: rate } = rows[dataIndex];
              return rate === null
                ? number(count)
                : `${number(count)}  {rate|${percent(rate)}}`;
            },
            rich: { rate: { color: colour.second, fontWeight: 600, fontSize: 12 } },
          },
          data: rows.map((row) => row.entered_count),
        },
      ],
    };
  },
});

// Campaigns and care

const campaigns = {
  id: 'campaigns',
  query: 'campaign_effects',
  size: 'wide',
  title: ['Campaigns: sales per customer beyond the control', '营销活动：相对对照组的人均增量'],
  height: (rows) => 50 + 34 * rows.filter((row) => row.effect_amount !== null).length,
  finding: (rows) => {
    const known = rows.filter((row) => row.effect_amount !== null);
    const gains = known.filter((row) => row.effect_lower_amount > 0);
    return say([
      `${gains.length} of ${known.length} campaigns with a control brought more than chance (95 % interval above 0); ` +
        `${rows.length - known.length} kept no control.`,
      `设对照组的${known.length}个活动中，${gains.length}个带来显著增量（95%区间高于0）；` +
        `${rows.length - known.length}个未设对照组。`,
    ]);
  },
  option: (all, { colour, isNarrow }) => {
    const rows = all.filter((row) => row.effect_amount !== null);
    const tint = (row) =>
      row.effect_lower_amount > 0
        ? colour.good
        : row.effect_upper_amount < 0
          ? colour.bad
          : colour.fourth;
    return {
      grid: box({ right: 20 }),
      xAxis: {
        type: 'value',
        ...axis(colour, {
          ...ruled(colour),
          axisLabel: { formatter: compact },
        }),
      },
      yAxis: names(
        colour,
        rows.map((row) => row.campaign_name ?? NOTHING),
        isNarrow ? 112 : 220,
      ),
      tooltip: {
        formatter: ({ dataIndex }) => {
          const row = rows[dataIndex];
          return tip(
            row.campaign_name ?? NOTHING,
            `${word('effect_amount')}: ${number(row.effect_amount, 2)}`,
            `95 %: ${number(row.effect_lower_amount, 2)} … ${number(row.effect_upper_amount, 2)}`,
            named(row, 'effect'),
          );
        },
      },
      series: [
        {
          type: 'custom',
          silent: true,
          clip: true,
          encode: { x: [0, 1], y: 2 },
          renderItem: (_, api) => {
            const [from, to] = [0, 1].map((index) =>
              api.coord([api.value(index), api.value(2)]),
            );
            const style = { stroke: tint(rows[api.value(2)]), lineWidth: 2 };
            const line = (x1, y1, x2, y2) => ({
              type: 'line',
              shape: { x1, y1, x2, y2 },
              style,
            });
            return {
              type: 'group',
              children: [
                line(...from, ...to),
                line(from[0], from[1] - 5, from[0], from[1] + 5),
                line(to[0], to[1] - 5, to[0], to[1] + 5),
              ],
            };
          },
          data: rows.map((row, index) => [
            row.effect_lower_amount,
            row.effect_upper_amount,
            index,
          ]),
        },
        {
          type: 'scatter',
          symbolSize: 11,
          markLine: {
            silent: true,
            symbol: 'none',
            label: { show: false },
            lineStyle: { color: colour.soft, type: 'solid' },
            data: [{ xAxis: 0 }],
          },
          data: rows.map((row, index) => ({
            value: [row.effect_amount, index],
            itemStyle: { color: tint(row) },
          })),
        },
      ],
    };
  },
};

const LISTS = {
  birthdays: ['Birthdays to come', '即将到来的生日'],
  churn_risks: ['At risk of leaving', '流失风险'],
  festivals: ['Festival greetings', '节日问候'],
  replenishments: ['Overdue by their own rhythm', '超出自身购买节奏'],
};
const counts = (pairs) =>
  make(
    'ul',
    { class: 'counts' },
    ...pairs.map(([count, name]) =>
      make('li', {}, make('strong', {}, number(count)), make('p', {}, name)),
    ),
  );

const careLists = {
  id: 'care-lists',
  query: 'care_lists',
  title: ['Whom to get in touch with', '关怀名单'],
  finding: () => {
    const all = DATA.queries.contact_permissions.rows;
    return all.length
      ? say([
          `${number(
            sum(
              all.filter((row) => row.is_allowed),
              'customer_count',
            ),
          )} of ` +
            `${number(sum(all, 'customer_count'))} customers may be contacted at all; only they are listed.`,
          `${number(sum(all, 'customer_count'))}位客户中有` +
            `${number(
              sum(
                all.filter((row) => row.is_allowed),
                'customer_count',
              ),
            )}位可以联系；名单只含可联系的客户。`,
        ])
      : null;
  },
  isUsable: (rows) => rows.some((row) => row.customer_count > 0),
  content: (rows) => counts(rows.map((row) => [row.customer_count, say(LISTS[row.list_code])])),
};

const customerEvents = {
  id: 'customer-events',
  query: 'customer_events',
  title: ['What calls for an answer', '需要跟进的客户事件'],
  content: (rows) => counts(rows.map((row) => [row.customer_count, named(row, 'event')])),
};
