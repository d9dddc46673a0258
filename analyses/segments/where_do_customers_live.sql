-- 居住状况: regions by customers, how far they have to their store, and what they bring.
select
    customers.country,
    customers.region,
    count(*) as customer_count,
    count_if(facts.is_window_buyer) as window_buyer_count,
    {{ safe_ratio(
        'sum(customers.home_store_distance_km)', 'count(customers.home_store_distance_km)'
    ) }} as average_store_distance_km,
    sum(facts.window_net_sales_amount) as net_sales_amount,
    {{ safe_ratio(
        'sum(facts.window_net_sales_amount)', 'count_if(facts.is_window_buyer)'
    ) }} as average_net_sales_amount

from {{ ref('dim_customers') }} as customers
inner join {{ ref('fct_customers') }} as facts
    on customers.customer_id = facts.customer_id
group by
    customers.country,
    customers.region
order by
    net_sales_amount desc nulls last,
    customers.country asc nulls last,
    customers.region asc nulls last
