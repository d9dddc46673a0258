-- Which categories a customer buys more of than the company sells: 客戶共同需求細分.
with

limits as (

    select
        max(case when limit_code = 'least_index' then limit_value end) as least_index,
        max(case when limit_code = 'least_own_share' then limit_value end)
            as least_own_share

    from {{ ref('rule_need_limits') }}

),

bought as (

    select
        categories.customer_id,
        categories.category,
        categories.window_bought_amount as bought_amount,
        categories.window_purchase_day_count as purchase_day_count

    from {{ ref('fct_customer_categories') }} as categories
    inner join {{ ref('fct_customers') }} as customers
        on categories.customer_id = customers.customer_id
    where customers.is_window_buyer and categories.window_bought_amount > 0

),

-- Sums are one step wider than money, so that products of two are wide enough.
wholes as (

    select
        customer_id,
        cast(sum(bought_amount) as decimal(20, 4)) as own_amount

    from bought
    group by customer_id

),

company as (

    select
        category,
        cast(sum(bought_amount) as decimal(20, 4)) as category_amount,
        cast(sum(sum(bought_amount)) over () as decimal(20, 4)) as company_amount

    from bought
    group by category

),

shared as (

    select
        bought.*,
        cast(wholes.own_amount as decimal(18, 4)) as own_amount,
        {{ safe_ratio('bought.bought_amount', 'wholes.own_amount') }} as own_share,
        {{ safe_ratio('company.category_amount', 'company.company_amount') }}
            as company_share,
        {{ safe_ratio(
            'bought.bought_amount * company.company_amount',
            'wholes.own_amount * company.category_amount'
        ) }} as need_index

    from bought
    inner join wholes on bought.customer_id = wholes.customer_id
    inner join company on bought.category = company.category

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
