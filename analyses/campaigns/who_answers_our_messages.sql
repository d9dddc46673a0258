-- 客戶響應力、銷售收入、利潤貢獻、忠誠度、推薦成交量: of each customer contacted, the share of the
-- last year's contacts that was answered, and the other four beside it.
select
    customers.customer_id,
    customers.contact_count,
    customers.response_rate,
    customers.window_net_sales_amount,
    customers.window_margin_amount,
    standings.stage_code,
    customers.referral_count,
    customers.referred_sales_amount

from {{ ref('fct_customers') }} as customers
left join {{ ref('fct_customer_standings') }} as standings
    on customers.customer_id = standings.customer_id
where customers.contact_count > 0
order by
    customers.response_rate desc nulls last,
    customers.contact_count desc nulls last,
    customers.customer_id asc nulls last
