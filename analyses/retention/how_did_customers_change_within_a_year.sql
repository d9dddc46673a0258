-- 客戶的年度變化為什麼如此之大: tiers at the last month end and a year before, and by how much
-- the net sales of who moved from one to the other changed.
with

months as (

    select * from {{ ref('fct_customer_months') }}

),

ends as (

    select
        max(month_end_on) as now_on,
        {{ month_end(crm_warehouse.add_months('max(month_end_on)', -12)) }}
            as year_before_on

    from months

),

tiers as (

    select * from {{ ref('agg_pyramid_tiers') }}

),

compared as (

    select
        years_before.tier_code as from_code,
        months.tier_code as to_code,
        count(*) as customer_count,
        sum(months.net_sales_amount - coalesce(years_before.net_sales_amount, 0))
            as net_sales_change_amount

    from months
    inner join ends on months.month_end_on = ends.now_on
    left join months as years_before
        on months.customer_id = years_before.customer_id
        and ends.year_before_on = years_before.month_end_on
    group by
        years_before.tier_code,
        months.tier_code

)

select
    coalesce(sources.tier_name, 'newcomer') as from_name,
    coalesce(sources.tier_name_zh, '新客户') as from_name_zh,
    targets.tier_name as to_name,
    targets.tier_name_zh as to_name_zh,
    compared.customer_count,
    compared.net_sales_change_amount

from compared
inner join tiers as targets on compared.to_code = targets.tier_code
left join tiers as sources on compared.from_code = sources.tier_code
order by
    sources.tier_order asc nulls last,
    targets.tier_order asc nulls last
