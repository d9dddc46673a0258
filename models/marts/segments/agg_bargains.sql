-- How many customers are no regular ones, of each kind, and what they bring. A customer
-- may be of several kinds.
{% set flags = {
    'cherry_picker': 'is_cherry_picker',
    'bulk_buyer': 'is_bulk_buyer',
    'house': 'is_house_customer',
    'house_suspect': 'is_house_suspect',
} -%}
with

bargains as (

    select * from {{ ref('seg_bargains') }}

),

population as (

    select * from {{ ref('int_window_buyers__counted') }}

),

flagged as (
    {% for code, flag in flags.items() %}
    select
        '{{ code }}' as bargain_code,
        count({{ flag }}) as judged_count,
        count(*) filter (where {{ flag }}) as customer_count,
        cast(
            sum(case
                when {{ flag }} then net_sales_amount
                when not {{ flag }} then 0
            end) as decimal(18, 4)
        ) as net_sales_amount,
        cast(sum(case when {{ flag }} then margin_amount end) as decimal(18, 4))
            as margin_amount,
        cast(
            sum(case
                when {{ flag }} then ticket_count
                when not {{ flag }} then 0
            end) as bigint
        ) as ticket_count

    from bargains
    {% if not loop.last %}
    union all
    {% endif -%}
    {% endfor %}
),

told as (

    select
        kinds.bargain_code,
        kinds.bargain_order,
        kinds.bargain_name,
        kinds.bargain_name_zh,
        kinds.action,
        kinds.action_zh,
        flagged.judged_count,
        -- Of kinds that nobody can be judged by, nothing is told.
        case when flagged.judged_count > 0 then flagged.customer_count end
            as customer_count,
        {{ safe_ratio('flagged.customer_count', 'flagged.judged_count') }}
            as customer_share,
        flagged.ticket_count,
        flagged.net_sales_amount,
        {{ safe_ratio(
            'flagged.net_sales_amount', 'greatest(population.net_sales_amount, 0)'
        ) }} as net_sales_share,
        flagged.margin_amount,
        population.population_count,
        population.as_of_on,
        population.window_start_on,
        population.window_month_count

    from {{ ref('rule_bargain_types') }} as kinds
    inner join flagged on kinds.bargain_code = flagged.bargain_code
    cross join population

)

select * from told
