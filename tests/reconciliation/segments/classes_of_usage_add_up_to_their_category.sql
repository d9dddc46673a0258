-- Heads, units and net sales of the classes are those of the category's buyers, and the
-- shares are one.
with

classes as (

    select * from {{ ref('agg_usage') }}

),

parts as (

    select
        scheme_code,
        category,
        sum(customer_count) as customer_count,
        max(population_count) as population_count,
        sum(unit_count) as unit_count,
        sum(net_sales_amount) as net_sales_amount,
        sum(unit_share) as unit_share,
        sum(customer_share) as customer_share

    from classes
    group by scheme_code, category

),

wholes as (

    select
        category,
        count(*) as customer_count,
        sum(window_unit_count) as unit_count,
        sum(window_net_sales_amount) as net_sales_amount

    from {{ ref('fct_customer_categories') }}
    where window_unit_count > 0 and window_purchase_day_count > 0
    group by category

)

select
    parts.*,
    wholes.customer_count as expected_customer_count,
    wholes.unit_count as expected_unit_count,
    wholes.net_sales_amount as expected_net_sales_amount

from parts
full outer join wholes on parts.category = wholes.category
where
    parts.customer_count is distinct from wholes.customer_count
    or parts.population_count is distinct from wholes.customer_count
    or parts.unit_count is distinct from wholes.unit_count
    or parts.net_sales_amount is distinct from wholes.net_sales_amount
    or abs(parts.unit_share - 1) > 0.00001
    or abs(parts.customer_share - 1) > 0.00001
