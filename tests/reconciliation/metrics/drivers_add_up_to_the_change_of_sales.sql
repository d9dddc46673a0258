-- The effects of every chain and comparison add up to the change of net sales, to the
-- last digit, and the net sales are those of the month. A main driver is told wherever
-- sales changed.
with

drivers as (

    select * from {{ ref('agg_sales_drivers') }}

),

months as (

    select * from {{ ref('agg_monthly_metrics') }}

)

select drivers.*
from drivers
left join months
    on drivers.scope_id = months.scope_id
    and drivers.metric_month = months.metric_month
where
    drivers.net_sales_amount is distinct from months.net_sales_amount
    or drivers.change_amount != drivers.net_sales_amount - drivers.compared_amount
    or (drivers.main_driver_code is null) != (drivers.change_amount = 0)
    or drivers.change_amount != drivers.undecomposed_amount
    {%- for leg in (
        'buyers', 'visitors', 'tickets_per_buyer', 'conversion', 'units_per_ticket',
        'price', 'anonymous', 'uncounted', 'plan'
    ) %}
    + coalesce(drivers.{{ leg }}_effect_amount, 0)
    {%- endfor %}
