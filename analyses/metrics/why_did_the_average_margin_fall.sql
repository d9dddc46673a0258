-- 客户的平均收益率为什么下降: the average margin rate of both windows, and which categories and
-- tiers moved it, by their own rate (rate) and by their weight (mix).
with

cells as (

    select * from {{ ref('agg_contributions') }}
    where level_code = 'category'

),

wholes as (

    select
        {{ safe_ratio('sum(margin_amount)', 'sum(margin_known_sales_amount)') }}
            as average_margin_rate,
        {{ safe_ratio(
            'sum(before_margin_amount)', 'sum(before_margin_known_sales_amount)'
        ) }} as before_average_margin_rate

    from cells

),

grouped as (

    select
        item_name,
        tier_name,
        sum(margin_change_amount) as margin_change_amount,
        sum(volume_effect_amount) as volume_effect_amount,
        sum(rate_effect_amount) as rate_effect_amount,
        sum(mix_effect_amount) as mix_effect_amount,
        sum(rate_effect_rate) as rate_effect_rate,
        sum(mix_effect_rate) as mix_effect_rate

    from cells
    group by item_name, tier_name

)

select
    wholes.before_average_margin_rate,
    wholes.average_margin_rate,
    grouped.*

from grouped
cross join wholes
order by
    grouped.rate_effect_amount + grouped.mix_effect_amount asc nulls last,
    grouped.item_name asc nulls last,
    grouped.tier_name asc nulls last
