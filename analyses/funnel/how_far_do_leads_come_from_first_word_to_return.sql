-- 從線索到訂單到退單: of all leads, how many became customers, ordered and brought back.
select
    coalesce(source, 'unknown') as source,
    count(*) as lead_count,
    count(*) filter (where opportunity_count > 0) as with_opportunity_count,
    count(*) filter (where is_converted) as converted_count,
    count(*) filter (where order_day_count > 0) as ordered_count,
    count(*) filter (where order_day_count > 0 and return_count > 0) as returned_count,
    sum(net_sales_amount) as net_sales_amount,
    sum(return_amount) as return_amount,
    sum(complaint_count) as complaint_count

from {{ ref('fct_lead_journeys') }}
group by all
order by lead_count desc, source asc
