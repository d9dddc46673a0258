-- Why net sales of the company changed, month for month, against the month before and
-- the same month a year before: by customers, and by visitors where they are counted.
-- The running month is told so far.
select
    metric_month,
    is_complete_month,
    comparison_name,
    tree_code,
    net_sales_amount,
    change_amount,
    main_driver_name,
    coalesce(buyers_effect_amount, visitors_effect_amount) as people_effect_amount,
    coalesce(tickets_per_buyer_effect_amount, conversion_effect_amount)
        as tickets_effect_amount,
    units_per_ticket_effect_amount,
    price_effect_amount,
    coalesce(anonymous_effect_amount, uncounted_effect_amount) as rest_effect_amount,
    undecomposed_amount

from {{ ref('agg_sales_drivers') }}
where scope_code = 'company' and comparison_code != 'target'
order by
    metric_month desc nulls last,
    comparison_code asc nulls last,
    tree_code asc nulls last
