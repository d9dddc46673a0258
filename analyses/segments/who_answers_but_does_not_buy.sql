-- 分类反应行为模式: who answers campaigns, by what, and has not bought in the window. Who only
-- got a message, opened it or opted out has not answered.
select
    behaviour_name,
    behaviour_name_zh,
    is_window_buyer,
    count(*) as customer_count,
    sum(evidence_count) as response_count

from {{ ref('seg_behaviours') }}
where
    kind_code = 'response_type'
    and behaviour_value in (
        select response_type
        from {{ ref('fct_campaign_responses') }}
        where is_answer
    )
group by
    behaviour_name,
    behaviour_name_zh,
    is_window_buyer
order by
    behaviour_name asc nulls last,
    is_window_buyer asc nulls last
