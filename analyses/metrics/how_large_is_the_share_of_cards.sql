-- 卡券消費僅占總銷售額的百分之二三十? Members, stored value and coupons, each as a share of the net
-- sales of the window, for the company and its stores.
select
    scope_name,
    net_sales_amount,
    identified_share,
    stored_value_share,
    coupon_share,
    identified_ticket_share,
    coupon_ticket_share

from {{ ref('agg_card_shares') }}
where period_code = 'window'
order by net_sales_amount desc nulls last, scope_id asc nulls last
