-- How many of a scheme have each value, each customer once, whatever segments they are
-- in: what the index of a segment is against.
with

members as (

    select distinct
        scheme_code,
        customer_id

    from {{ ref('int_customers__schemed') }}

),

attributed as (

    select * from {{ ref('int_customers__attributed') }}

),

customers as (

    select * from {{ ref('fct_customers') }}

),

counted as (

    select
        members.scheme_code,
        attributed.attribute_code,
        attributed.value_code,
        count(*) as customer_count,
        sum(customers.window_net_sales_amount) as net_sales_amount,
        sum(customers.window_purchase_day_count) as purchase_day_count

    from members
    inner join attributed on members.customer_id = attributed.customer_id
    inner join customers on members.customer_id = customers.customer_id
    group by members.scheme_code, attributed.attribute_code, attributed.value_code

),

totalled as (

    select
        scheme_code,
        attribute_code,
        value_code,
        customer_count,
        {% set whole = 'over (partition by scheme_code, attribute_code)' -%}
        cast(sum(customer_count) {{ whole }} as bigint) as population_count,
        cast(sum(net_sales_amount) {{ whole }} as decimal(18, 4))
            as population_net_sales_amount,
        cast(sum(purchase_day_count) {{ whole }} as bigint)
            as population_purchase_day_count

    from counted

)

select * from totalled
