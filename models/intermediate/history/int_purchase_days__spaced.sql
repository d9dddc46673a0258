-- How long after the one before each purchase day came, and the customer's rhythm until
-- then: the median of the gaps so far.
with

days as (

    select
        customer_id,
        sold_on

    from {{ ref('fct_customer_days') }}

    where is_purchase_day

),

followed as (

    select
        customer_id,
        sold_on,
        min(sold_on) over (partition by customer_id) as first_purchase_on,
        lag(sold_on) over (
            partition by customer_id order by sold_on asc nulls last
        ) as previous_on,
        cast(row_number() over (
            partition by customer_id order by sold_on asc nulls last
        ) as bigint) as purchase_day_number

    from days

),

gapped as (

    select
        *,
        {{ crm_warehouse.days_between('previous_on', 'sold_on') }} as gap_days

    from followed

),

spaced as (

    select
        customer_id,
        sold_on,
        first_purchase_on,
        purchase_day_number,
        gap_days,
        {{ crm_warehouse.running_median(
            'gap_days', 'customer_id', 'sold_on'
        ) }} as median_gap_days,
        {% set limit = crm_warehouse.checked_integer('cooling_days', 1, 36500) -%}
        max(case when gap_days > {{ limit }} then sold_on end) over (
            partition by customer_id
            order by sold_on asc nulls last
            rows between unbounded preceding and current row
        ) as came_back_on

    from gapped

)

select * from spaced
