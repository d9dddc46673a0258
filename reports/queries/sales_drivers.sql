-- Why sales of the month of the tiles are not those of the month before, of the year
-- before, or of the target: the change, driver by driver.
select
    metric_month,
    comparison_code,
    comparison_name,
    comparison_name_zh,
    base_month,
    compared_amount,
    buyers_effect_amount,
    tickets_per_buyer_effect_amount,
    units_per_ticket_effect_amount,
    price_effect_amount,
    anonymous_effect_amount,
    plan_effect_amount,
    undecomposed_amount,
    net_sales_amount,
    change_amount,
    main_driver_name,
    main_driver_name_zh,
    main_driver_action,
    main_driver_action_zh

from metrics.agg_sales_drivers
where
    scope_code = 'company'
    and tree_code = 'customers'
    and metric_month = (
        select metric_month
        from metrics.agg_monthly_metrics
        where scope_code = 'company' and ticket_count > 0
        order by is_complete_month desc, metric_month desc
        limit 1
    )
order by comparison_code asc
