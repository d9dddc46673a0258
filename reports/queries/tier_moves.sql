-- Customers by the tier of a year ago and the one of the last month end.
with

ends as (

    select
        max(month_end_on) as now_on,
        last_day(cast(max(month_end_on) - interval 12 months as date)) as year_before_on

    from core.fct_customer_months

),

moves as (

    select
        coalesce(years_before.tier_code, 'newcomer') as from_code,
        months.tier_code as to_code,
        ends.year_before_on,
        ends.now_on,
        count(*) as customer_count,
        sum(months.net_sales_amount - coalesce(years_before.net_sales_amount, 0))
            as net_sales_change_amount

    from core.fct_customer_months as months
    inner join ends on months.month_end_on = ends.now_on
    left join core.fct_customer_months as years_before
        on months.customer_id = years_before.customer_id
        and ends.year_before_on = years_before.month_end_on
    group by all

)

select
    moves.from_code,
    coalesce(sources.tier_name, 'newcomer') as from_name,
    coalesce(sources.tier_name_zh, '新客户') as from_name_zh,
    moves.to_code,
    targets.tier_name as to_name,
    targets.tier_name_zh as to_name_zh,
    moves.year_before_on,
    moves.now_on,
    moves.customer_count,
    moves.net_sales_change_amount

from moves
inner join segments.agg_pyramid_tiers as targets on moves.to_code = targets.tier_code
left join segments.agg_pyramid_tiers as sources on moves.from_code = sources.tier_code
order by sources.tier_order asc nulls last, targets.tier_order asc
