-- Lines with their cost: as handed over, else the product's present unit cost.
{{ config(materialized='view') }}

with

lines as (

    select * from {{ ref('stg_pos__transaction_lines') }}

),

products as (

    select * from {{ ref('stg_pos__products') }}

),

costed as (

    select
        lines.transaction_id,
        lines.line_number,
        lines.product_id,
        lines.quantity,
        lines.net_amount,
        lines.discount_amount,
        coalesce(
            lines.cost_amount,
            {{ crm_warehouse.money_product('lines.quantity', 'products.unit_cost') }}
        ) as cost_amount,
        lines.campaign_id,
        lines.coupon_id

    from lines

    left join products
        on lines.product_id = products.product_id

)

select * from costed
