// Quality of the data.

const rowQuality = {
  id: 'row-quality',
  query: 'row_quality',
  size: 'wide',
  title: ['Rows handed over', '交付的数据行'],
  content: (rows) => {
    const legs = ['read', 'accepted', 'duplicate', 'superseded', 'quarantined', 'rejected'];
    return counts(legs.map((leg) => [sum(rows, `${leg}_count`), word(`${leg}_count`)]));
  },
};

const features = {
  id: 'features',
  query: 'features',
  size: 'wide',
  title: ['What the data can tell', '数据可支持的内容'],
  finding: (rows) =>
    say([
      `${rows.filter((row) => row.is_available && !row.reason).length} of ${rows.length} marts are whole.`,
      `${rows.length}个数据集市中有${rows.filter((row) => row.is_available && !row.reason).length}个完整可用。`,
    ]),
  content: (rows) => {
    const wanting = new Map();
    for (const row of rows.filter((it) => it.reason)) {
      for (const part of either(row, 'reason').split(', ')) {
        wanting.set(part, [
          ...(wanting.get(part) ?? []),
          `${row.schema_name}.${row.mart_name}`,
        ]);
      }
    }
    const entries = [...wanting].sort(([, one], [, other]) => other.length - one.length);
    return make(
      'ul',
      { class: 'events' },
      ...entries.map(([part, marts]) => make('li', {}, part, make('p', {}, marts.join(', ')))),
    );
  },
};
