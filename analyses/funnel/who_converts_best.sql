-- 相鄰環節轉化率 by source, channel and owner: from the first stage to a won end.
select
    stages.entity_type,
    stages.breakdown_name,
    stages.breakdown_value,
    max(stages.entered_count) as entered_count,
    max(case when stages.stage_kind = 'won' then stages.entered_count end) as won_count,
    max(case when stages.stage_kind = 'won' then stages.overall_conversion_rate end)
        as conversion_rate

from {{ ref('agg_funnel_stages') }} as stages
where
    stages.breakdown_name in ('source', 'channel', 'owner')
    and stages.lost_count is not null
group by
    stages.entity_type,
    stages.breakdown_name,
    stages.breakdown_value
order by
    stages.entity_type asc,
    stages.breakdown_name asc,
    conversion_rate desc nulls last,
    stages.breakdown_value asc
