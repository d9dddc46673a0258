-- What a product costs, and on which level of its category that is.
with

sold as (

    select
        lines.product_id,
        cast(sum(lines.quantity) as decimal(18, 6)) as unit_count,
        cast(sum(lines.net_sales_amount) as decimal(18, 4)) as net_sales_amount

    from {{ ref('fct_transaction_lines') }} as lines
    cross join {{ ref('int_as_of') }} as told
    where lines.customer_id is not null and lines.sold_on >= told.window_start_on
    group by lines.product_id

),

levels as (

    select
        *,
        count(*) over () as level_count

    from {{ ref('rule_price_levels') }}

),

priced as (

    select
        products.product_id,
        products.category,
        cast(
            coalesce(
                products.list_price_amount,
                case
                    when sold.unit_count > 0 and sold.net_sales_amount >= 0
                        then {{ crm_warehouse.safe_ratio(
                            'sold.net_sales_amount', 'sold.unit_count'
                        ) }}
                end
            ) as decimal(18, 4)
        ) as price_amount

    from {{ ref('dim_products') }} as products
    left join sold on products.product_id = sold.product_id

),

ranked as (

    select
        product_id,
        category,
        price_amount,
        rank() over (
            partition by category order by price_amount asc nulls last
        ) - 1 as cheaper_count,
        dense_rank() over (
            partition by category order by price_amount asc nulls last
        ) as price_rank

    from priced

),

compared as (

    select
        *,
        count(price_amount) over (partition by category) as product_count,
        max(case when price_amount is not null then price_rank end) over (
            partition by category
        ) as price_count

    from ranked

),

-- A category of fewer prices than levels has no levels.
levelled as (

    select
        compared.product_id,
        compared.price_amount,
        levels.price_level

    from compared
    left join levels
        on compared.category is not null
        and compared.price_amount is not null
        and compared.price_count >= levels.level_count
        and levels.level_order = {{ crm_warehouse.relative_score(
            'compared.cheaper_count', 'compared.product_count', 'levels.level_count'
        ) }}

)

select * from levelled
