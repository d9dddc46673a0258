-- Where sales begin to be high. A median or mean may lie between two amounts that money
-- can hold, so the sum and the count that it is of are kept, and compared exactly.
with

buyers as (

    select * from {{ ref('fct_customers') }}

    where is_window_buyer

),

rules as (

    select
        max(case when threshold_code = 'sales_level' then method_code end)
            as sales_method_code,
        max(case when threshold_code = 'sales_level' then threshold_value end)
            as sales_value,
        max(case when threshold_code = 'margin_known' then threshold_value end)
            as least_margin_known_share

    from {{ ref('rule_value_thresholds') }}

),

placed as (

    select
        window_net_sales_amount as amount,
        row_number() over (
            order by window_net_sales_amount asc nulls last, customer_id asc nulls last
        ) as place,
        count(*) over () as population_count

    from buyers

),

-- The amounts that the threshold is the mean of; of the median the middle one or two.
chosen as (

    select
        placed.amount,
        case rules.sales_method_code
            when 'mean' then true
            when 'median'
                then placed.place * 2 - placed.population_count between 0 and 2
            when 'percentile'
                then placed.place = greatest(
                    {{ top_count('placed.population_count', 'rules.sales_value') }}, 1
                )
        end as is_chosen

    from placed
    cross join rules

),

summed as (

    select
        cast(sum(amount) filter (where is_chosen) as decimal(18, 4)) as chosen_amount,
        count(*) filter (where is_chosen) as chosen_count

    from chosen

),

told as (

    select
        rules.sales_method_code,
        cast(
            case
                when rules.sales_method_code = 'absolute' then rules.sales_value
                else summed.chosen_amount
            end as decimal(18, 4)
        ) as chosen_amount,
        cast(
            case
                when rules.sales_method_code = 'absolute' then 1
                else summed.chosen_count
            end as bigint
        ) as chosen_count,
        rules.least_margin_known_share

    from rules
    cross join summed

)

select * from told
