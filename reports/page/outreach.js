// Funnel, campaigns and care.

const funnelOf = (entity, mart, title) => ({
  id: `funnel-${entity}`,
  query: 'funnel',
  title,
  filter: (row) => row.entity_type === entity,
  filledBy: [mart],
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
    const parts = ({ entered_count: count, adjacent_conversion_rate: rate }) =>
      rate === null ? [number(count)] : [number(count), percent(rate)];
    const texts = rows.map((row) => parts(row).join('  '));
    return {
      grid: box({ right: roomFor(texts, 12, 600) }),
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
              const [count, rate] = parts(rows[dataIndex]);
              return rate ? `${count}  {rate|${rate}}` : count;
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

// Findings that judge a campaign, unless the outcome of some customers still runs.
const JUDGED = ['gain', 'loss', 'no_clear_effect'];
// All others: beside a campaign's name, and where they are counted.
const UNJUDGED = {
  not_over: { mark: ['so far', '截至目前'], counted: ['still running', '尚未结束'] },
  not_comparable: {
    mark: ['not to be trusted', '结果不可信'],
    counted: ['not to be trusted', '结果不可信'],
  },
  too_few_measured: {
    mark: ['too few measured', '可测客户太少'],
    counted: ['with too few measured', '可测客户太少'],
  },
  not_incremental: {
    mark: ['no control', '未设对照组'],
    counted: ['without a control', '未设对照组'],
  },
};
const standing = (row) =>
  JUDGED.includes(row.effect_code) && row.censored_count > 0 ? 'not_over' : row.effect_code;
const isJudged = (row) => JUDGED.includes(standing(row));
const mark = (row) => (isJudged(row) ? [] : [say(UNJUDGED[standing(row)].mark)]);

const campaigns = {
  id: 'campaigns',
  query: 'campaign_effects',
  size: 'wide',
  title: ['Campaigns: sales per customer beyond the control', '营销活动：相对对照组的人均增量'],
  none: ['No campaign yet.', '暂无营销活动。'],
  height: (all) => {
    const rows = all.filter((row) => row.effect_amount !== null);
    return 50 + (rows.every(isJudged) ? 34 : 52) * rows.length;
  },
  finding: (rows) => {
    const judged = rows.filter(isJudged);
    const gains = judged.filter((row) => row.effect_code === 'gain');
    const others = Object.groupBy(rows, standing);
    const told = Object.keys(UNJUDGED)
      .filter((code) => others[code])
      .map((code) => [others[code].length, UNJUDGED[code].counted]);
    return say([
      (judged.length
        ? `${gains.length} of ${judged.length} campaigns judged brought more than chance (95 % interval above 0).`
        : 'No campaign can be judged yet.') +
        (told.length
          ? ` Not judged: ${told.map(([count, [english]]) => `${count} ${english}`).join(', ')}.`
          : ''),
      (judged.length
        ? `可评估的${judged.length}个活动中，${gains.length}个带来显著增量（95%区间高于0）。`
        : '目前没有可评估的活动。') +
        (told.length
          ? `不予评估：${told.map(([count, [, chinese]]) => `${chinese}${count}个`).join('，')}。`
          : ''),
    ]);
  },
  option: (all, { colour, isNarrow }) => {
    const rows = all.filter((row) => row.effect_amount !== null);
    const tint = (row) =>
      ({ gain: colour.good, loss: colour.bad, no_clear_effect: colour.fourth })[
        standing(row)
      ] ?? colour.soft;
    return {
      grid: box({ right: 20 }),
      xAxis: {
        type: 'value',
        splitNumber: isNarrow ? 3 : 6,
        ...axis(colour, {
          ...ruled(colour),
          axisLabel: { formatter: compact },
        }),
      },
      yAxis: names(
        colour,
        rows.map((row) => [row.campaign_name ?? NOTHING, ...mark(row)].join('\n')),
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
            ...(standing(row) === row.effect_code ? [] : mark(row)),
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
            const row = rows[api.value(2)];
            const style = { stroke: tint(row), lineWidth: 2 };
            const line = (x1, y1, x2, y2, more) => ({
              type: 'line',
              shape: { x1, y1, x2, y2 },
              style: { ...style, ...more },
            });
            return {
              type: 'group',
              children: [
                line(...from, ...to, isJudged(row) ? {} : { lineDash: [4, 4] }),
                line(from[0], from[1] - 5, from[0], from[1] + 5),
                line(to[0], to[1] - 5, to[0], to[1] + 5),
              ],
            };
          },
          data: rows
            .map((row, index) => [row.effect_lower_amount, row.effect_upper_amount, index])
            .filter(([lower]) => lower !== null),
        },
        {
          type: 'scatter',
          symbolSize: 11,
          markLine: zeroLine(colour),
          data: rows.map((row, index) => ({
            value: [row.effect_amount, index],
            itemStyle: isJudged(row)
              ? { color: tint(row) }
              : { color: colour.card, borderColor: tint(row), borderWidth: 2, opacity: 1 },
          })),
        },
      ],
    };
  },
};

const LISTS = {
  birthdays: ['Birthdays to come', '即将到来的生日'],
  churn_risks: ['At risk of leaving', '流失风险'],
  due_by_any_purchase: ['Due to buy again by their own rhythm', '按自身购买节奏已到期'],
  due_by_category: ['Due by their own rhythm in a category', '某品类按自身购买节奏已到期'],
  festivals: ['Best customers to greet for a festival', '节日待问候的优质客户'],
};
const counts = (rows) =>
  make(
    'ul',
    { class: 'counts' },
    ...rows.map(([count, name, span]) =>
      make(
        'li',
        {},
        figure(number(count)),
        make('p', {}, name),
        span ? make('small', {}, span) : null,
      ),
    ),
  );
const since = (on) => say([`since ${day(on)}`, `自${day(on)}起`]);
const until = (on) => say([`until ${day(on)}`, `截至${day(on)}`]);

// A list without days to come is of those who are on it on the as-of day.
function listed({ list_code: code, customer_count: count, until_on: on }) {
  const asOf = DATA.queries.period.rows[0].as_of_on;
  const span = on === null ? say([`on ${day(asOf)}`, `${day(asOf)}当日`]) : until(on);
  return [count, say(LISTS[code]), count > 0 ? span : null];
}

const careLists = {
  id: 'care-lists',
  query: 'care_lists',
  title: ['Whom to get in touch with', '关怀名单'],
  none: ['Nobody is on a list today.', '今日名单为空。'],
  isFilledByAny: true,
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
  content: (rows) => counts(rows.map(listed)),
};

const customerEvents = {
  id: 'customer-events',
  query: 'customer_events',
  title: ['What calls for an answer', '需要跟进的客户事件'],
  none: ['Nothing happened that calls for an answer.', '暂无需要跟进的事件。'],
  content: (rows) =>
    counts(
      rows.map((row) => [
        row.customer_count,
        named(row, 'event'),
        row.until_on === null ? since(row.since_on) : until(row.until_on),
      ]),
    ),
};
