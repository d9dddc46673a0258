-- 哪些类型的客户在购买相似的商品: what each segment buys more of than others do.
with

counted as (

    select * from {{ ref('int_product_audiences__counted') }}

),

buyers as (

    select count(*) as population_count
    from {{ ref('fct_customer_standings') }}
    where is_window_buyer

),

terms as (

    select * from {{ ref('int_basket_terms__told') }}

),

indexed as (

    select
        counted.*,
        buyers.population_count,
        {{ safe_ratio('counted.customer_count', 'counted.item_customer_count') }}
            as customer_share,
        {{ safe_ratio('counted.customer_count', 'counted.segment_customer_count') }}
            as penetration_rate,
        {{ safe_ratio(
            'counted.customer_count * buyers.population_count',
            '(counted.segment_customer_count * counted.item_customer_count)'
        ) }} as customer_index,
        {{ safe_ratio(
            'cast(counted.net_sales_amount as decimal(19, 4))'
            ~ ' * counted.level_net_sales_amount',
            '(cast(counted.segment_net_sales_amount as decimal(19, 4))'
            ~ ' * counted.item_net_sales_amount)'
        ) }} as net_sales_index

    from counted
    cross join buyers
    cross join terms
    where counted.customer_count >= terms.least_audience_buyers

),

told as (

    select
        indexed.level_code,
        indexed.item_code,
        indexed.scheme_code,
        indexed.segment_code,
        coalesce(products.product_name, indexed.item_code) as item_name,
        schemes.scheme_name,
        schemes.scheme_name_zh,
        coalesce(labels.segment_name, indexed.segment_code) as segment_name,
        coalesce(labels.segment_name_zh, indexed.segment_code) as segment_name_zh,
        indexed.customer_count,
        indexed.item_customer_count,
        indexed.segment_customer_count,
        indexed.population_count,
        indexed.customer_share,
        indexed.penetration_rate,
        indexed.customer_index,
        cast(row_number() over (
            partition by indexed.level_code, indexed.scheme_code, indexed.segment_code
            order by
                indexed.net_sales_index desc nulls last,
                indexed.customer_count desc nulls last,
                indexed.item_code asc nulls last
        ) as bigint) as index_rank,
        indexed.net_sales_amount,
        indexed.net_sales_index,
        cast(terms.least_audience_buyers as bigint) as minimum_customer_count,
        terms.as_of_on,
        terms.window_start_on,
        terms.window_month_count

    from indexed
    cross join terms
    inner join {{ ref('rule_audience_schemes') }} as schemes
        on indexed.scheme_code = schemes.scheme_code
    left join {{ ref('dim_products') }} as products
        on indexed.level_code = 'product' and indexed.item_code = products.product_id
    left join {{ ref('int_audience_segments__named') }} as labels
        on indexed.scheme_code = labels.scheme_code
        and indexed.segment_code = labels.segment_code

)

select * from told
