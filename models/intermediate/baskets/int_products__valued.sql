-- What one sale of a product brings: its margin; where no cost of it is known, its
-- net sales at the margin rate of all goods, and its net sales where nobody's is.
with

summed as (

    select
        product_id,
        count(*) as item_count,
        count(margin_amount) as margin_item_count,
        sum(net_sales_amount) as net_sales_amount,
        sum(margin_amount) as margin_amount,
        sum(margin_known_sales_amount) as margin_known_sales_amount

    from {{ ref('int_basket_items__counted') }}
    group by product_id

),

company as (

    select
        sum(margin_amount) as margin_amount,
        sum(margin_known_sales_amount) as margin_known_sales_amount

    from summed

),

valued as (

    select
        summed.product_id,
        cast({{ safe_ratio(
            'summed.net_sales_amount', 'summed.item_count'
        ) }} as decimal(18, 4)) as item_net_sales_amount,
        cast(coalesce(
            {{ safe_ratio('summed.margin_amount', 'summed.margin_item_count') }},
            {{ safe_ratio('summed.net_sales_amount', 'summed.item_count') }}
            * cast(coalesce({{ safe_ratio(
                'company.margin_amount', 'company.margin_known_sales_amount'
            ) }}, 1) as decimal(19, 6))
        ) as decimal(18, 4)) as item_value_amount

    from summed
    cross join company

)

select * from valued
