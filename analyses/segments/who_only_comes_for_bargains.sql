-- 提前排隊購買特價產品…不是常規顧客: how many are no regular customers, and what they bring.
select
    bargain_name,
    bargain_name_zh,
    judged_count,
    customer_count,
    customer_share,
    net_sales_amount,
    net_sales_share,
    margin_amount,
    action

from {{ ref('agg_bargains') }}
order by bargain_order asc nulls last
