-- 客户为什么从我这里购买: customers by promotion, distance, assortment and service, and what those
-- of each band buy against the average of 1. Descriptive only.
select
    driver_name,
    driver_name_zh,
    band_name,
    band_name_zh,
    customer_share,
    net_sales_share,
    sales_index,
    frequency_index,
    margin_rate

from {{ ref('agg_purchase_drivers') }}
where customer_count > 0
order by driver_code asc nulls last, band_order asc nulls last
