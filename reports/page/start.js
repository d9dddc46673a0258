// The sections of the page, the switches, and the first drawing.

const GROUPS = [
  {
    id: 'sales-section',
    title: ['Sales', '销售'],
    reports: [
      keyMetrics,
      salesByMonth,
      driversOf('month_before', [
        'Why sales changed: on the month before',
        '销售变化原因：环比',
      ]),
      driversOf('year_before', ['Why sales changed: on the year before', '销售变化原因：同比']),
      driversOf(
        'target',
        ['Why sales changed: against the target', '销售变化原因：对比目标'],
        ['core.fct_targets'],
      ),
      anomalies,
    ],
  },
  {
    id: 'customers',
    title: ['Customers', '客户'],
    reports: [pyramid, lorenz, rfmGrid, rfmSegments, valueMatrix, lifecycle],
  },
  { id: 'retention', title: ['Retention', '留存'], reports: [cohorts, tierMoves] },
  {
    id: 'funnel',
    title: ['Funnel', '漏斗'],
    reports: [
      funnelOf('lead', 'core.fct_leads', ['Leads', '线索漏斗']),
      funnelOf('opportunity', 'core.fct_opportunities', ['Opportunities', '商机漏斗']),
    ],
  },
  {
    id: 'contact',
    title: ['Campaigns and care', '营销与关怀'],
    reports: [campaigns, careLists, customerEvents],
  },
  {
    id: 'quality',
    title: ['Quality of the data', '数据质量'],
    reports: [rowQuality, features],
  },
];

listenToSwitches(render);
let lastWidth = innerWidth;
addEventListener('resize', () => {
  if (innerWidth === lastWidth) return;
  lastWidth = innerWidth;
  requestAnimationFrame(drawAll);
});
render();
