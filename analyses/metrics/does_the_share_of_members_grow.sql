-- 會員銷售占比的擴大: the share of net sales and of tickets that are members', month for month,
-- beside the same month a year before.
select
    period_start_on as metric_month,
    identified_share,
    year_before_identified_share,
    identified_share - year_before_identified_share as identified_share_change,
    identified_ticket_share

from {{ ref('agg_card_shares') }}
where period_code = 'month' and scope_code = 'company'
order by metric_month desc nulls last
