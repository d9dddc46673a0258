-- 線索量和轉客戶比例: leads by month of entry and the share that became customers;
-- the rates of immature months can still rise.
select
    entry_month,
    max(entered_count) as lead_count,
    max(case when stage_kind = 'won' then entered_count end) as converted_count,
    max(case when stage_kind = 'won' then overall_conversion_rate end)
        as conversion_rate,
    bool_or(is_immature) as is_immature

from {{ ref('agg_funnel_stages') }}
where
    entity_type = 'lead'
    and breakdown_name = 'entry_month'
    and lost_count is not null
    and entry_month is not null
group by entry_month
order by entry_month asc
