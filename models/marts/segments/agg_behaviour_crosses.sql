-- 交叉分析: what two groups have in common, such as new goods × goods below 50.
with

numbered as (

    select * from {{ ref('int_behaviour_groups__counted') }}

),

both_groups as (

    select * from {{ ref('int_behaviour_pairs__counted') }}

),

population as (

    select * from {{ ref('int_window_buyers__counted') }}

),

{% set amounts = ('net_sales_amount', 'margin_amount', 'margin_known_sales_amount') -%}
pairs as (

    select
        firsts.behaviour_id as first_behaviour_id,
        seconds.behaviour_id as second_behaviour_id,
        firsts.customer_count as first_customer_count,
        seconds.customer_count as second_customer_count,
        coalesce(both_groups.customer_count, 0) as both_customer_count,
        {% for amount in amounts -%}
        case
            when both_groups.customer_count > 0 then both_groups.{{ amount }}
            else firsts.{{ amount }} * 0
        end as both_{{ amount }},
        coalesce(firsts.{{ amount }}, seconds.{{ amount }} * 0)
        + coalesce(seconds.{{ amount }}, 0)
        - coalesce(both_groups.{{ amount }}, 0)
            as either_{{ amount }},
        {% endfor -%}
        firsts.customer_count + seconds.customer_count
        - coalesce(both_groups.customer_count, 0) as either_customer_count

    from numbered as firsts
    inner join numbered as seconds on firsts.group_number < seconds.group_number
    left join both_groups
        on firsts.group_number = both_groups.first_group_number
        and seconds.group_number = both_groups.second_group_number

),

crossed as (

    select
        pairs.first_behaviour_id,
        pairs.second_behaviour_id,
        pairs.first_customer_count,
        pairs.second_customer_count,
        pairs.both_customer_count,
        pairs.either_customer_count,
        {{ safe_ratio('pairs.both_customer_count', 'pairs.either_customer_count') }}
            as jaccard_share,
        {{ safe_ratio(
            'pairs.both_customer_count * population.population_count',
            '(pairs.first_customer_count * pairs.second_customer_count)'
        ) }} as lift_rate,
        {{ safe_ratio('pairs.both_customer_count', 'pairs.first_customer_count') }}
            as second_of_first_share,
        {{ safe_ratio('pairs.both_customer_count', 'pairs.second_customer_count') }}
            as first_of_second_share,
        {% for scope in ('both', 'either') -%}
        {% for amount in amounts -%}
        cast(pairs.{{ scope }}_{{ amount }} as decimal(18, 4))
            as {{ scope }}_{{ amount }},
        {% endfor -%}
        cast({{ safe_ratio(
            'pairs.' ~ scope ~ '_net_sales_amount', 'pairs.' ~ scope ~ '_customer_count'
        ) }} as decimal(18, 4)) as {{ scope }}_average_net_sales_amount,
        {{ safe_ratio(
            'pairs.' ~ scope ~ '_margin_amount',
            'pairs.' ~ scope ~ '_margin_known_sales_amount'
        ) }} as {{ scope }}_margin_rate,
        {% endfor -%}
        population.population_count,
        population.as_of_on,
        population.window_start_on,
        population.window_month_count

    from pairs
    cross join population

)

select * from crossed
