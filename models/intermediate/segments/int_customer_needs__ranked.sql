-- Which categories a customer buys more of than the company sells: 客戶共同需求細分.
with

customers as (

    select * from {{ ref('fct_customers') }}

    where is_window_buyer

),

categories as (

    select * from {{ ref('fct_customer_categories') }}

    where window_bought_amount > 0

),

limits as (

    select
        max(case when limit_code = 'least_index' then limit_value end) as least_index,
        max(case when limit_code = 'least_own_share' then limit_value end)
            as least_own_share

    from {{ ref('rule_need_limits') }}

),

-- Sums are one step wider than money, so that products of two are wide enough.
bought as (

    select
        categories.customer_id,
        categories.category,
        categories.window_bought_amount as bought_amount,
        categories.window_purchase_day_count as purchase_day_count,
        cast(sum(categories.window_bought_amount) over (
            partition by categories.customer_id
        ) as decimal(20, 4)) as own_amount,
        cast(sum(categories.window_bought_amount) over (
            partition by categories.category
        ) as decimal(20, 4)) as category_amount,
        cast(sum(categories.window_bought_amount) over () as decimal(20, 4))
            as company_amount

    from categories
    inner join customers on categories.customer_id = customers.customer_id

),

shared as (

    select
        customer_id,
        category,
        bought_amount,
        purchase_day_count,
        cast(own_amount as decimal(18, 4)) as own_amount,
        {{ safe_ratio('bought_amount', 'own_amount') }} as own_share,
        {{ safe_ratio('category_amount', 'company_amount') }} as company_share,
        {{ safe_ratio(
            'bought_amount * company_amount', 'own_amount * category_amount'
        ) }} as need_index

    from bought

),

ranked as (

    select
        shared.*,
        limits.least_index,
        limits.least_own_share,
        cast(row_number() over (
            partition by shared.customer_id
            order by
                shared.need_index desc nulls last,
                shared.own_share desc nulls last,
                shared.category asc nulls last
        ) as bigint) as need_rank

    from shared
    inner join limits
        on shared.need_index >= limits.least_index
        and shared.own_share >= limits.least_own_share

)

select * from ranked
