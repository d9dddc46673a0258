-- Customers of a segment by the value of an attribute, and what they brought.
with

schemed as (

    select * from {{ ref('int_customers__schemed') }}

),

attributed as (

    select * from {{ ref('int_customers__attributed') }}

),

customers as (

    select * from {{ ref('fct_customers') }}

),

cells as (

    select
        schemed.scheme_code,
        schemed.segment_code,
        attributed.attribute_code,
        attributed.value_code,
        count(*) as customer_count,
        cast(sum(customers.window_net_sales_amount) as decimal(18, 4))
            as net_sales_amount,
        cast(sum(customers.window_margin_amount) as decimal(18, 4)) as margin_amount,
        cast(sum(customers.window_margin_known_sales_amount) as decimal(18, 4))
            as margin_known_sales_amount,
        cast(sum(customers.window_purchase_day_count) as bigint) as purchase_day_count

    from schemed
    inner join attributed on schemed.customer_id = attributed.customer_id
    inner join customers on schemed.customer_id = customers.customer_id
    group by
        schemed.scheme_code,
        schemed.segment_code,
        attributed.attribute_code,
        attributed.value_code

)

select * from cells
